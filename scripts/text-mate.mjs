/**
 * The grammar by which VS Code colours a text, from the words of the language. A test fails where
 * the file is not what this writes. `node scripts/text-mate.mjs`, after a build.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTextMateGrammar } from "@fabula/language";
import { root } from "./house.mjs";

const file = join(root, "editors", "vscode", "syntaxes", "fabula.tmLanguage.json");
writeFileSync(file, `${JSON.stringify(createTextMateGrammar(), null, 2)}\n`);
