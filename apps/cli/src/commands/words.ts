/** `fabula words`: what a world, or all that a story uses, has words for. */
import { basename, join } from "node:path";
import type { Command } from "commander";
import type { SourceText } from "fabula";
import { type ListedText, type ListedWord, listWords, loadSources } from "fabula/editor";
import { BadInput } from "../bad-input.js";
import { exitCode } from "../exit-code.js";
import { writeJson, writeLine } from "../output.js";
import { findModulesFor } from "../story-input.js";
import { readTextFile } from "../text-file.js";
import { locateStory, readModule } from "../world-library.js";
import { createCommand } from "./command.js";

export function createWordsCommand(): Command {
  return createCommand(
    "words",
    "What there are words for: types and what things of them have, acts, what happens by itself.",
    "words std bandage",
  )
    .argument("<NAME>", "a world or module like std or std.body, or a story: all that it can name")
    .argument("[WORD...]", "only what has one of these in it, in its name or in what is said of it")
    .option("--json", 'one JSON value: [{"name","about","words":[{"name","kind","of",...}]}]')
    .action(words);
}

async function words(name: string, wanted: string[], flags: { readonly json?: boolean }) {
  const all = textsOf(name);
  const texts = wanted.length === 0 ? all : all.map((text) => withWords(text, wanted));
  const found = texts.filter((text) => text.words.length > 0);
  if (found.length === 0) process.exitCode = exitCode.no;
  if (flags.json) {
    await writeJson(found);
    return;
  }
  if (found.length === 0) {
    const what = wanted.length === 0 ? "is declared" : `has ${wanted.join(" or ")} in it`;
    await writeLine(`Nothing in ${name} ${what}.`);
  }
  for (const text of found) await writeLine(wanted.length === 0 ? describe(text) : listed(text));
}

/** A world or module as seen from here, or a story with all that it uses. */
function textsOf(name: string): readonly ListedText[] {
  const here = join(process.cwd(), "words.fabula");
  const isModule = /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) && readModule(name, here).length > 0;
  const file = isModule ? here : locateStory(name);
  const source: SourceText = isModule
    ? { name: basename(here), text: `module words_of\nuse ${name}\n` }
    : readTextFile(file);
  const loaded = loadSources(source, findModulesFor(file));
  const errors = loaded.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new BadInput(errors);
  const texts = listWords(loaded);
  const isAsked = (text: ListedText) => text.name === name || text.name.startsWith(`${name}.`);
  return isModule ? texts.filter(isAsked) : texts;
}

function withWords(text: ListedText, wanted: readonly string[]): ListedText {
  const parts = wanted.map((word) => word.toLowerCase());
  const has = ({ name, declaration, comment }: ListedWord) => {
    const said = `${name} ${declaration} ${comment}`.toLowerCase();
    return parts.some((part) => said.includes(part));
  };
  return { ...text, words: text.words.filter(has) };
}

/** Each on a line of its own, with where it is. */
function listed({ name, words: found }: ListedText): string {
  return found
    .map((word) => {
      const owner = word.kind === "field" ? `${word.of}.` : "";
      return `${name}  ${owner}${lineOf(word)}`;
    })
    .join("\n");
}

/** The whole text, as one would write it. */
function describe({ name, about, words: all }: ListedText): string {
  const lines = [about === "" ? name : `${name}: ${about}`];
  let block = "";
  for (const word of all.filter(({ kind }) => kind === "type" || kind === "field")) {
    if (word.kind === "type") lines.push(`  ${lineOf(word)}`);
    else {
      if (word.of !== block) lines.push(`  ${word.of} has`);
      lines.push(`    ${lineOf(word)}`);
    }
    block = word.kind === "type" ? word.name : word.of;
  }
  const rest = [
    ["can be done", "action"],
    ["happens by itself", "mechanism"],
    ["is there", "thing"],
  ] as const;
  for (const [title, kind] of rest) {
    const some = all.filter((word) => word.kind === kind);
    if (some.length > 0) lines.push(`  ${title}`, ...some.map((word) => `    ${lineOf(word)}`));
  }
  return `${lines.join("\n")}\n`;
}

function lineOf({ declaration, comment }: ListedWord): string {
  return comment === "" ? declaration : `${declaration}  // ${comment.replaceAll("\n", " ")}`;
}
