/**
 * Pure packages compute the same everywhere. Biome bans the globals (clock, timers, locale, host);
 * this bans what it cannot see: functions of Math that differ between machines, `**`, members that
 * ask the locale, code made from text, imports that cannot be read from the source.
 */
import ts from "typescript";
import { HouseError, main, root } from "./house.mjs";
import { listSources, listWorkspaces, placeOf } from "./sources.mjs";

/** IEEE 754 or integer arithmetic fixes these to the bit; pow, exp, log, sin and so on differ. */
const exactMath = new Set(
  "abs ceil clz32 floor fround imul max min round sign sqrt trunc E PI LN2 LN10 LOG2E LOG10E SQRT2 SQRT1_2".split(
    " ",
  ),
);
const localeMembers = new Set(
  "localeCompare toLocaleString toLocaleDateString toLocaleTimeString toLocaleLowerCase toLocaleUpperCase".split(
    " ",
  ),
);

/** @returns {{ problems: string[], scanned: number }} */
export function checkPurity(directory) {
  const problems = [];
  let scanned = 0;
  for (const workspace of listWorkspaces(directory)) {
    if (/^(apps|editors)\//.test(workspace.path) || workspace.path === "packages/server") continue;
    const pure = listSources(directory, workspace).filter((source) => source.part === "pure");
    if (pure.length === 0) problems.push(`${workspace.path}: no source was found`);
    scanned += pure.length;
    for (const source of pure) problems.push(...checkText(source.path, source.text));
  }
  if (scanned === 0) problems.push(`${directory}: no source was found, so nothing was checked`);
  return { problems, scanned };
}

/** Problems of one file, in the order of the text. */
export function checkText(path, text) {
  const problems = [];
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  visit(file);
  return problems;

  function visit(node) {
    const problem = findProblem(node);
    if (problem) problems.push(`${placeOf(path, text, node.getStart(file))}: ${problem}`);
    ts.forEachChild(node, visit);
  }
}

function findProblem(node) {
  if (ts.isIdentifier(node)) return findIdentifierProblem(node);
  if (ts.isBinaryExpression(node)) return findPowerProblem(node);
  if (ts.isMetaProperty(node)) return "import.meta differs between hosts";
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [specifier] = node.arguments;
    return specifier && ts.isStringLiteral(specifier) ? undefined : "an import that is computed";
  }
  return undefined;
}

function findIdentifierProblem(node) {
  const { parent, text } = node;
  const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
  if (isMember && localeMembers.has(text)) return `${text} asks the locale of the machine`;
  if (isMember || ts.isPropertyAssignment(parent) || ts.isTypeReferenceNode(parent))
    return undefined;
  if (text === "Math") return findMathProblem(parent);
  if (text === "globalThis") return "globalThis reaches the host";
  if (text === "eval" || text === "Function") return `${text} makes code from text`;
  return undefined;
}

function findMathProblem(parent) {
  if (!ts.isPropertyAccessExpression(parent)) return "Math is only used as Math.name";
  const name = parent.name.text;
  return exactMath.has(name) ? undefined : `Math.${name} differs between machines`;
}

/** `2 ** 32` is folded exactly; powers of anything else go through the machine's pow. */
function findPowerProblem(node) {
  const operator = node.operatorToken.kind;
  if (operator === ts.SyntaxKind.AsteriskAsteriskEqualsToken) return "** differs between machines";
  if (operator !== ts.SyntaxKind.AsteriskAsteriskToken) return undefined;
  const isExact = isWhole(node.left) && isWhole(node.right);
  return isExact ? undefined : "** differs between machines";
}

function isWhole(node) {
  if (ts.isBigIntLiteral(node)) return true;
  return ts.isNumericLiteral(node) && Number.isInteger(Number(node.text));
}

if (process.argv[1] === import.meta.filename) {
  await main(() => {
    const { problems, scanned } = checkPurity(root);
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) throw new HouseError(`${problems.length} impurities`);
    console.log(`purity: ${scanned} files, nothing wrong`);
  });
}
