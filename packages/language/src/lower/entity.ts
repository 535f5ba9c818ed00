/**
 * Who and what is there when the story begins. Entity 0 is the world itself; the others are
 * numbered in order of declaration, those of the modules first.
 */
import type { Effect, EntityDeclaration, ExprId, Span, StartBelief, Want } from "@fabula/model";
import type { BelievesLine, Entity, EntityLine, Expression } from "../generated/ast.js";
import { originOf } from "../names/goes-on.js";
import { checkNotNegative } from "./bounds.js";
import { hasMind, reportNoType } from "./collect-types.js";
import { type Context, type EntityEntry, moduleOf } from "./context.js";
import { lowerDraw } from "./draw.js";
import { lowerValue } from "./expression.js";
import { deedType, plainType } from "./expression-builder.js";
import { lowerFact } from "./fact.js";
import { lowerShare } from "./happening.js";
import { itemsOf } from "./items.js";
import { lowerBelieved } from "./mind-expression.js";
import { Scope } from "./scope.js";
import { capital, withArticle } from "./type-table.js";
import { lowerWant } from "./want.js";

/** Most entities declared `times n`: more of them are no story. */
const groupMax = 200_000;

export function collectEntities(context: Context): void {
  const type = context.worldType;
  context.entities.push({ id: 0, name: "world", title: "the world", type, nodes: [] });
  for (const node of itemsOf(context, "Entity")) {
    const known = context.entityIds.get(originOf(node));
    if (known === undefined) declareEntity(context, node);
    else goOnAbout(context, known, node);
  }
  markHidden(context);
}

/** Of several that are called the same the last is the story's own. */
function markHidden(context: Context): void {
  const names = new Set<string>();
  for (const entry of [...context.entities].reverse()) {
    const [node] = entry.nodes;
    if (node === undefined) continue;
    if (names.has(entry.name)) context.entities[entry.id] = { ...entry, module: moduleOf(node) };
    names.add(entry.name);
  }
}

/** Declared before in another text: the lines are added. */
function goOnAbout(context: Context, id: number, node: Entity): void {
  const known = context.entities[id]!;
  const title = node.title ?? known.title;
  context.entities[id] = { ...known, title, nodes: [...known.nodes, node] };
  context.entityIds.set(node, id);
}

/** Adds one declaration (several with `times`: as many as may be); [] where its type is wrong. */
export function declareEntity(context: Context, node: Entity): EntityEntry[] {
  const type = context.types.of(node.type);
  if (type === undefined || type.symbols !== undefined) {
    if (type === undefined) reportNoType(context, node, node.type.$refText);
    else {
      context.reporter.error(
        "FAB3026",
        node,
        `\`${type.name}\` is a type of symbols: there is no thing of it.`,
        `Add the word to the type: \`type ${type.name} is one of ..., ${node.name}\`.`,
      );
    }
    return [];
  }
  const names = namesOf(context, node);
  if (node.count !== undefined && names.length > 0) {
    context.groups.set(node, { first: context.entities.length, count: names.length });
  }
  const drawn = node.most === undefined ? undefined : { least: node.count ?? 1, most: node.most };
  return names.map((name, index) => {
    const id = context.entities.length;
    const title = node.title ?? node.name;
    const group =
      drawn === undefined ? {} : { group: { name: node.name, place: index + 1, ...drawn } };
    const entry: EntityEntry = { id, name, title, type: type.id, nodes: [node], ...group };
    context.entities.push(entry);
    if (node.count === undefined) context.entityIds.set(node, id);
    return entry;
  });
}

function namesOf(context: Context, node: Entity): string[] {
  if (node.count === undefined) return [node.name];
  const count = node.most ?? node.count;
  for (const number of [node.count, count]) {
    if (Number.isInteger(number) && number >= 1 && number <= groupMax) continue;
    context.reporter.error(
      "FAB5014",
      node,
      `There cannot be ${number} of them.`,
      `Write a whole number from 1 to ${groupMax}.`,
    );
    return [];
  }
  if (node.count > count) {
    context.reporter.error(
      "FAB5012",
      node,
      "The range ends before it begins.",
      "Write the smaller number first.",
    );
    return [];
  }
  return Array.from({ length: count }, (_, index) => `${node.name}_${index + 1}`);
}

export interface Beginning {
  readonly entities: EntityDeclaration[];
  readonly beliefs: StartBelief[];
  /** Whose want it is goes by the entity: ids follow those of the types' wants. */
  readonly wants: Want[];
}

export function lowerEntities(context: Context, firstWant: number): Beginning {
  const beginning: Beginning = { entities: [], beliefs: [], wants: [] };
  for (const entry of context.entities) {
    if (entry.nodes.length === 0) beginning.entities.push(worldEntity(context));
    else lowerEntity(context, entry, firstWant, beginning);
  }
  return beginning;
}

function worldEntity(context: Context): EntityDeclaration {
  const root = context.beginning;
  const span: Span = { ...context.reporter.spanOf(root), start: 0, end: 0, line: 1, column: 1 };
  return { id: 0, name: "world", title: "the world", type: context.worldType, facts: [], span };
}

export function lowerEntity(
  context: Context,
  entry: EntityEntry,
  firstWant: number,
  into: Beginning,
): void {
  const facts: Effect[] = [];
  for (const node of entry.nodes) {
    for (const line of node.lines) lowerLine(context, entry, line, firstWant, into, facts);
  }
  const { id, name, module, title, type, nodes, group } = entry;
  const span = context.reporter.spanOf(nodes[0] ?? context.beginning);
  const drawn = group === undefined ? {} : { group };
  const hidden = module === undefined ? {} : { module };
  into.entities.push({ id, name, ...hidden, title, type, facts, ...drawn, span });
}

function lowerLine(
  context: Context,
  entry: EntityEntry,
  line: EntityLine,
  firstWant: number,
  into: Beginning,
  facts: Effect[],
): void {
  const selfType = { kind: "entity", type: entry.type } as const;
  const self = context.build.local(0, selfType);
  const scope = Scope.empty().bind("self", selfType).withSelf({ expr: self, type: entry.type });
  if (line.$type !== "Fact" && !checkMinded(context, entry, line)) return;
  switch (line.$type) {
    case "Fact": {
      const fact = lowerFact(context, scope, line);
      if (fact !== undefined) facts.push(fact);
      return;
    }
    case "Want": {
      const holder = { holder: { entity: entry.id }, type: entry.type, common: false };
      const want = lowerWant(context, firstWant + into.wants.length, line, holder);
      if (want !== undefined) into.wants.push(want);
      return;
    }
    case "IntendsLine": {
      const deed = lowerValue(context, scope, line.deed, deedType);
      const span = context.reporter.spanOf(line);
      if (deed === undefined) return;
      facts.push({ kind: "intend", subject: self, deed, dropped: false, span });
      return;
    }
    case "BelievesLine": {
      const belief = lowerBelief(context, entry, line);
      if (belief !== undefined) into.beliefs.push(belief);
      return;
    }
  }
}

/** Who has no mind believes, wants and intends nothing. A world may be without minds altogether. */
function checkMinded(context: Context, entry: EntityEntry, line: EntityLine): boolean {
  if (hasMind(context, entry.type)) return true;
  const type = context.types.get(entry.type).name;
  if (itemsOf(context, "Mind").length === 0) {
    context.reporter.warning(
      "FAB5019",
      line,
      `Nobody here has a mind: \`${entry.name}\` believes, wants and intends nothing.`,
      `Write \`mind of p: ${type}\` and under it how they weigh, \`floor means 0.05\` for instance.`,
    );
    return true;
  }
  context.reporter.error(
    "FAB3028",
    line,
    `${capital(withArticle(type))} has no mind: ` +
      `\`${entry.name}\` believes, wants and intends nothing.`,
    `Give \`${entry.name}\` a type with a mind, or leave the line out.`,
  );
  return false;
}

/** A start belief is ground: the entity stands in it itself, not as a local. */
function lowerBelief(
  context: Context,
  entry: EntityEntry,
  line: BelievesLine,
): StartBelief | undefined {
  const self = { expr: context.build.entity(entry.id, entry.type), type: entry.type };
  const scope = Scope.empty().withSelf(self);
  const negated = line.claim.$type === "NotExpr";
  const node = line.claim.$type === "NotExpr" ? line.claim.expr : line.claim;
  const span = context.reporter.spanOf(line);
  if (line.times !== undefined) {
    context.reporter.error(
      "FAB3017",
      line,
      "A story begins with how sure somebody is, not with evidence.",
      "Write `sure 90%`.",
    );
  }
  const claim = lowerBelieved(context, scope, node);
  const weight = lowerBelievedWeight(context, scope, line, node);
  if (claim === undefined) return undefined;
  const sure =
    line.sure === undefined ? undefined : lowerDraw(context, scope, line.sure, plainType, "`sure`");
  if (line.sure !== undefined && line.sure.$type !== "Between") {
    lowerShare(context, scope, line.sure);
  }
  return {
    holder: entry.id,
    claim,
    negated,
    ...(sure === undefined ? {} : { sure }),
    ...(weight === undefined ? {} : { weight }),
    span,
  };
}

/** `believes x wants C weight 4`: how strongly x is taken to want it. */
function lowerBelievedWeight(
  context: Context,
  scope: Scope,
  line: BelievesLine,
  claim: Expression,
): ExprId | undefined {
  if (line.weight === undefined) return undefined;
  if (claim.$type !== "MindExpr" || claim.verb !== "wants") {
    context.reporter.error(
      "FAB3017",
      line,
      "Only a want has a weight.",
      "Write `believes somebody wants ... weight 4`, or leave `weight` out.",
    );
    return undefined;
  }
  const weight = lowerValue(context, scope, line.weight, plainType, "`weight`");
  if (weight !== undefined) checkNotNegative(context, line.weight, weight, "A weight");
  return weight;
}
