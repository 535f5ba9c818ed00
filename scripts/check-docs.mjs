/**
 * Documents that say what the code does are compared with the code:
 *
 *   docs/errors.md   every code of a diagnostic in the sources, and no other, with an example and a
 *                    remedy;
 *   docs/spec/*.md   every numbered rule has a test whose title begins with its number, and every
 *                    such title names a rule;
 *   every .md        what a link without an address points at is there.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { HouseError, main, root } from "./house.mjs";
import { listSources, listTexts, listWorkspaces, placeOf } from "./sources.mjs";

const codePattern = /\bFAB\d{4}\b/g;
const entryHeading = /^### (FAB\d{4}) \S/;
const rulePattern = /^(?:- )?\*\*([A-Z]{2,}(?:-[A-Z]+)*-\d+)\*\* \S/;
const titlePattern = /^[A-Z]{2,}(?:-[A-Z]+)*-\d+(?:, [A-Z]{2,}(?:-[A-Z]+)*-\d+)*(?=[ :])/;
const linkPattern = /\]\((?![a-z]+:|#)([^)#\s]+)[^)]*\)/g;
const testFunctions = new Set(["it", "test", "describe"]);

/** @returns {{ problems: string[], codes: number }} */
export function checkErrorCodes(directory) {
  const file = "docs/errors.md";
  const problems = [];
  const used = findCodes(directory, problems);
  const text = existsSync(join(directory, file)) ? readFileSync(join(directory, file), "utf8") : "";
  const entries = readEntries(text);
  for (const [code, place] of used) {
    if (!entries.has(code)) problems.push(`${place}: ${code} is not documented in ${file}`);
  }
  for (const [code, { line, body, count }] of entries) {
    const place = `${file}:${line}`;
    if (!used.has(code)) problems.push(`${place}: ${code} is in no source`);
    if (count > 1) problems.push(`${place}: ${code} is documented ${count} times`);
    if (!body.includes("\n```"))
      problems.push(`${place}: ${code} has no example in a fenced block`);
    if (!/^Remedy: \S/m.test(body)) problems.push(`${place}: ${code} has no line "Remedy: ..."`);
  }
  if (used.size === 0) problems.push("no code was found in any source, so nothing was checked");
  return { problems, codes: used.size };
}

/** Codes that two packages share, as the reader and the grounding of Sabre's problems do. */
const sharedCodes = /^FAB41/;

/** Codes in string literals (not in comments) of sources, each with the place of its first use. */
function findCodes(directory, problems) {
  const used = new Map();
  const owners = new Map();
  for (const source of sourcesOf(directory, (part) => part === "pure" || part === "node")) {
    if (!source.text.includes("FAB")) continue;
    forEachNode(source, (node) => {
      if (!ts.isStringLiteralLike(node)) return;
      for (const [code] of node.text.matchAll(codePattern)) {
        const place = placeOf(source.path, source.text, node.pos);
        if (!used.has(code)) used.set(code, place);
        const owner = source.path.split("/", 2).join("/");
        const others = owners.get(code) ?? new Set();
        if (others.size > 0 && !others.has(owner) && !sharedCodes.test(code)) {
          problems.push(`${place}: ${code} is a code of ${[...others][0]} already`);
        }
        owners.set(code, others.add(owner));
      }
    });
  }
  return used;
}

function readEntries(text) {
  const entries = new Map();
  let current;
  text.split("\n").forEach((line, index) => {
    const code = entryHeading.exec(line)?.[1];
    if (code) {
      const count = (entries.get(code)?.count ?? 0) + 1;
      current = { line: index + 1, body: "", count };
      entries.set(code, current);
    } else if (/^#{1,3} /.test(line)) current = undefined;
    else if (current) current.body += `${line}\n`;
  });
  return entries;
}

/** @returns {{ problems: string[], rules: number }} */
export function checkSpec(directory) {
  const problems = [];
  const rules = new Map();
  const folder = join(directory, "docs", "spec");
  const files = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith(".md"))
    : [];
  for (const name of files.sort().filter((each) => each !== "README.md")) {
    const found = readRules(join(folder, name), `docs/spec/${name}`);
    if (found.length === 0) problems.push(`docs/spec/${name}: no numbered rule was found`);
    for (const [rule, place] of found) {
      if (rules.has(rule)) problems.push(`${place}: ${rule} stands at ${rules.get(rule)} too`);
      rules.set(rule, place);
    }
  }
  if (rules.size === 0) problems.push("docs/spec has no rule, so nothing was checked");
  const tested = findTestedRules(directory);
  for (const [rule, place] of rules) {
    if (!tested.has(rule)) problems.push(`${place}: no title of a test begins with ${rule}`);
  }
  const families = new Set([...rules.keys()].map(familyOf));
  for (const [rule, place] of tested) {
    if (families.has(familyOf(rule)) && !rules.has(rule)) {
      problems.push(`${place}: a test names ${rule}, which is no rule of docs/spec`);
    }
  }
  return { problems, rules: rules.size };
}

function familyOf(rule) {
  return rule.slice(0, rule.lastIndexOf("-"));
}

function readRules(file, name) {
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line, index) => {
      const rule = rulePattern.exec(line)?.[1];
      return rule ? [[rule, `${name}:${index + 1}`]] : [];
    });
}

/** Rules at the beginning of the titles of tests, each with the place of its first test. */
function findTestedRules(directory) {
  const tested = new Map();
  for (const source of sourcesOf(directory, (part) => part === "test")) {
    forEachNode(source, (node) => {
      if (!ts.isCallExpression(node) || !isTestFunction(node.expression)) return;
      const [title] = node.arguments;
      if (!title || !(ts.isStringLiteralLike(title) || ts.isTemplateExpression(title))) return;
      const text = ts.isTemplateExpression(title) ? title.head.text : title.text;
      for (const rule of titlePattern.exec(text)?.[0].split(", ") ?? []) {
        if (!tested.has(rule)) tested.set(rule, placeOf(source.path, source.text, title.pos));
      }
    });
  }
  return tested;
}

/** `it`, `it.each(...)`, `it.skipIf(...)`: whatever begins with a test function. */
function isTestFunction(expression) {
  if (ts.isIdentifier(expression)) return testFunctions.has(expression.text);
  if (ts.isPropertyAccessExpression(expression)) return isTestFunction(expression.expression);
  return ts.isCallExpression(expression) && isTestFunction(expression.expression);
}

/** @returns {{ problems: string[], links: number }} */
export function checkLinks(directory) {
  const problems = [];
  let links = 0;
  for (const file of listTexts(directory, ".md")) {
    const text = readFileSync(join(directory, file), "utf8");
    for (const match of text.replace(/```.*?```/gs, hide).matchAll(linkPattern)) {
      links += 1;
      const target = join(directory, dirname(file), decodeURI(match[1]));
      const place = placeOf(file, text, match.index);
      if (!existsSync(target)) problems.push(`${place}: ${match[1]} is not there`);
    }
  }
  if (links === 0) problems.push("no link was found in any document, so nothing was checked");
  return { problems, links };
}

/** The same length and lines, without what is in it. */
function hide(code) {
  return code.replace(/[^\n]/g, " ");
}

/** Sources of every workspace; the scripts' and the benchmarks' tests count as tests too. */
function sourcesOf(directory, wants) {
  const house = ["scripts", "bench"]
    .map((path) => ({ path }))
    .filter(({ path }) => existsSync(join(directory, path)));
  return [...listWorkspaces(directory), ...house]
    .flatMap((workspace) => listSources(directory, workspace))
    .filter((source) => wants(source.part));
}

function forEachNode(source, act) {
  const file = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.ES2023, true);
  visit(file);

  function visit(node) {
    act(node);
    ts.forEachChild(node, visit);
  }
}

if (process.argv[1] === import.meta.filename) {
  await main(() => {
    const errors = checkErrorCodes(root);
    const spec = checkSpec(root);
    const links = checkLinks(root);
    const problems = [...errors.problems, ...spec.problems, ...links.problems];
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) throw new HouseError(`${problems.length} problems with documents`);
    const counts = `${errors.codes} codes, ${spec.rules} rules, ${links.links} links`;
    console.log(`documents: ${counts}, nothing wrong`);
  });
}
