/**
 * docs/systems.md: every system of the worlds with the scene that shows it, what happens when one
 * thing is different, and the file that holds the mechanism.
 *
 *   node scripts/systems.mjs           writes the page; rows that are new or changed are run
 *   node scripts/systems.mjs --all     runs every row
 *   node scripts/systems.mjs --list    runs none: what was not run yet has a question mark
 *   node scripts/systems.mjs --check   fails where the page is out of date, and runs nothing
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  addTallies,
  compileSource,
  engine,
  mergeResults,
  resultsOf,
  rowCasesOf,
  tallySeeds,
} from "fabula";
import { HouseError, main, root } from "./house.mjs";
import { findModules, listWorldTexts, readWorldText } from "./worlds.mjs";

const page = join(root, "docs", "systems.md");
const command = "node scripts/systems.mjs";
/** S01 to S70. */
const systemCount = 70;
const seeds = 3;
const passes = { true: "yes", false: "**no**" };

/**
 * Every row of worlds/, in the order of ids, as its text says: nothing is compiled for it.
 * @returns {{ id: string, title: string, file: string, body: string }[]}
 */
export function listRows() {
  const rows = listWorldTexts().flatMap((path) => {
    const { text } = readWorldText(path);
    return [...text.matchAll(/^row (S\d+) "(.*)"\n((?: .*\n|\n)*)/gm)].map(
      ([, id, title, body]) => ({ id, title, file: `worlds/${path}`, body }),
    );
  });
  if (rows.length === 0) throw new HouseError("worlds/ holds no row: nothing was listed");
  return rows.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.file < b.file ? -1 : 1));
}

/** The page. `passed`: what stands in the last column of a row, of which the line so far is given. */
export function pageOf(rows, passed) {
  const shown = new Set(rows.map(({ id }) => id));
  const missing = Array.from({ length: systemCount }, (_, index) => {
    return `S${String(index + 1).padStart(2, "0")}`;
  }).filter((id) => !shown.has(id));
  const lines = rows.map((row) => {
    const line = lineOf(row);
    return `${line} ${passed(row, line)} |`;
  });
  const none = missing.length === 0 ? "" : ` None yet: ${missing.join(", ")}.`;
  return [
    "# Systems",
    "",
    `Written by \`${command}\`; do not edit. What the worlds can do, each system in its smallest scene.`,
    "A row passes where all it expects holds, with what is different in it too, and where something of",
    "it fails as soon as any of what it rests on is switched off (`fabula test worlds`). In brackets:",
    "what must change nothing. A question mark: not run since it was written.",
    "",
    `${shown.size} of ${systemCount} systems have a row.${none}`,
    "",
    "| row | scene | what happens | and with one thing different | rests on | passes |",
    "|---|---|---|---|---|---|",
    ...lines,
    "",
  ].join("\n");
}

/** Up to the last column. */
function lineOf({ id, title, file, body }) {
  const titles = (pattern) => [...body.matchAll(pattern)].map((match) => match[1]);
  const cells = [
    id,
    link(title, file),
    list(titles(/^ {2}expect (?:\w+ )?"(.*?)"/gm)),
    list([
      ...titles(/^ {2}whatif (?:\w+ )?"(.*?)"/gm),
      ...titles(/^ {2}control (?:\w+ )?"(.*?)"/gm).map((one) => `(${one})`),
    ]),
    mechanismsOf({ file, body }).join(", "),
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function list(titles) {
  const named = titles.filter((title) => title !== "");
  return named.length === 0 ? "-" : named.join("; ");
}

function link(text, file) {
  return `[${text}](../${file})`;
}

/** Each with the file that holds it. */
function mechanismsOf({ file, body }) {
  const rests = /^ {2}rests on (.*(?:\n {4,}.*)*)/m.exec(body)?.[1] ?? "";
  const names = rests
    .replace(/\/\/.*/g, "")
    .split(/[,\s]+/)
    .filter((name) => name !== "");
  return names.map((name) => link(name, fileOf(name, file)));
}

/** Where it is declared: the row's own file first, then the worlds in order. */
function fileOf(name, own) {
  const word = name.split(".").at(-1);
  const kinds = "rule|process|action|inference|expectation|reflex";
  const pattern = new RegExp(
    `^(?:(?:${kinds}) ${word}\\b|\\s+${word}(?:\\(.*\\))?\\s+means\\b)`,
    "m",
  );
  const found = [own.slice(7), ...listWorldTexts()].find((path) => {
    return pattern.test(readWorldText(path).text);
  });
  if (found === undefined) throw new HouseError(`${own}: no file declares ${name}`);
  return `worlds/${found}`;
}

function test({ id, title, file }) {
  const { rows } = compileSource(readWorldText(file.slice(7)), findModules);
  const row = rows.find((one) => one.id === id && one.title === title);
  if (row?.world === undefined) throw new HouseError(`${file}: ${id} has mistakes`);
  const { world } = row;
  const cases = rowCasesOf({ id, title, world }, { runs: seeds, jitter: 0 });
  const range = { from: 1, to: seeds + 1 };
  const tallies = addTallies([tallySeeds(engine, world, cases, range, 0)]);
  const results = mergeResults(resultsOf(file, cases, tallies));
  const failed = results.filter(({ passed }) => !passed);
  for (const { name } of failed) console.error(`${id} in ${file}: ${name}`);
  return passes[failed.length === 0];
}

/** Lines of rows as they stand on the page, each with what its last column says. */
function writtenLines() {
  const text = existsSync(page) ? readFileSync(page, "utf8") : "";
  const found = text.matchAll(/^(\| S\d+ .*\|) (yes|\*\*no\*\*) \|$/gm);
  return new Map([...found].map(([, line, passed]) => [line, passed]));
}

/** The page without its last column. */
function withoutPasses(text) {
  return text.replace(/\| (yes|\*\*no\*\*|\?) \|$/gm, "|");
}

if (process.argv[1] === import.meta.filename) {
  await main(() => {
    const rows = listRows();
    if (!process.argv.includes("--check")) {
      const known = process.argv.includes("--all") ? new Map() : writtenLines();
      writeFileSync(
        page,
        pageOf(
          rows,
          (row, line) => known.get(line) ?? (process.argv.includes("--list") ? "?" : test(row)),
        ),
      );
      console.log(`docs/systems.md: ${rows.length} rows`);
      return;
    }
    const written = existsSync(page) ? readFileSync(page, "utf8") : "";
    if (withoutPasses(written) !== withoutPasses(pageOf(rows, () => passes.true))) {
      throw new HouseError(`docs/systems.md is out of date: run ${command}`);
    }
    console.log(`docs/systems.md: ${rows.length} rows, up to date`);
  });
}
