/** A story as texts alone, with what it uses by the names it was asked for. */
import type { FindModules, SourceText } from "@fabula/model";

/** A story with every module it uses, so that no file is needed to read it. */
export interface StoryTexts {
  readonly story: SourceText;
  /** Texts by the name they were asked for. */
  readonly modules: Readonly<Record<string, readonly SourceText[]>>;
}

/** Wraps a finder so that what it finds is kept. */
export function recordModules(find: FindModules): {
  readonly find: FindModules;
  readonly modules: Record<string, readonly SourceText[]>;
} {
  const modules: Record<string, readonly SourceText[]> = {};
  return {
    modules,
    find: (name) => {
      const found = modules[name] ?? find(name);
      modules[name] = found;
      return [...found];
    },
  };
}
