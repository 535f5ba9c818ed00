/**
 * Langium's services, wired for this language. One set serves every parse: parsing keeps no state
 * between calls, and a name finds what it means by itself (names/name-reference.ts). Whoever reads texts in
 * which nothing is wrong needs none of it (syntax/descent.ts).
 */
import {
  createDefaultCoreModule,
  createDefaultSharedCoreModule,
  EmptyFileSystem,
  inject,
  type LangiumCoreServices,
  type LangiumSharedCoreServices,
  type Module,
  type PartialLangiumCoreServices,
} from "langium";
import {
  FabulaGeneratedModule,
  FabulaGeneratedSharedModule,
  FabulaLanguageMetaData,
} from "./generated/module.js";
import { FabulaLinker } from "./names/linker.js";
import { createFabulaParser } from "./syntax/fabula-parser.js";
import { LayoutLexer } from "./syntax/layout-lexer.js";
import { ParserMessages } from "./syntax/parser-messages.js";
import { LayoutTokenBuilder } from "./syntax/token-builder.js";
import { FabulaValueConverter } from "./syntax/value-converter.js";

export const fabulaModule: Module<LangiumCoreServices, PartialLangiumCoreServices> = {
  parser: {
    TokenBuilder: () => new LayoutTokenBuilder(),
    Lexer: (services) => new LayoutLexer(services),
    ParserErrorMessageProvider: () => new ParserMessages(),
    ValueConverter: () => new FabulaValueConverter(),
    LangiumParser: (services) => createFabulaParser(services),
  },
  references: {
    Linker: (services) => new FabulaLinker(services),
  },
};

let services: LangiumCoreServices | undefined;

/** Made at the first call (some 200 ms), then shared. */
export function fabulaServices(): LangiumCoreServices {
  services ??= createFabulaServices("production");
  return services;
}

/** `development`: chevrotain checks grammar and tokens, which takes time; a test does it. */
export function createFabulaServices(mode: "development" | "production"): LangiumCoreServices {
  const shared: LangiumSharedCoreServices = inject(
    createDefaultSharedCoreModule(EmptyFileSystem),
    FabulaGeneratedSharedModule,
  );
  const fabula = inject(
    createDefaultCoreModule({ shared }),
    FabulaGeneratedModule,
    { LanguageMetaData: () => ({ ...FabulaLanguageMetaData, mode }) },
    fabulaModule,
  );
  shared.ServiceRegistry.register(fabula);
  return fabula;
}
