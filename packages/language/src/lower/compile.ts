/**
 * From linked trees to a world: the passes in their order. What the passes share is the context;
 * it is kept for as long as the world is, for changes and questions that come later.
 */
import {
  type CompiledStory,
  type Diagnostic,
  ExpressionPool,
  type FindModules,
  type Perception,
  type Process,
  type Rule,
  type SourceText,
  type TypeDeclaration,
  type Want,
  type World,
} from "@fabula/model";
import type { File, Row } from "../generated/ast.js";
import { selectDiagnostics } from "../select-diagnostics.js";
import { type Draft, type LoadedSources, loadSources } from "../sources.js";
import { spanOf } from "../span.js";
import { lowerAction } from "./action.js";
import { collectBegins, collectCalendar } from "./calendar.js";
import { collectMembers, typeBlocks } from "./collect-members.js";
import { collectTypes, collectUnits, hasMind } from "./collect-types.js";
import type { Context } from "./context.js";
import { collectEntities, lowerEntities } from "./entity.js";
import { ExpressionBuilder } from "./expression-builder.js";
import { lowerFact } from "./fact.js";
import { lowerFeelings } from "./feeling.js";
import { lowerField } from "./field.js";
import {
  lowerExpectation,
  lowerInference,
  lowerProcess,
  lowerReflex,
  lowerRule,
} from "./happening.js";
import { itemsOf } from "./items.js";
import { lowerMind } from "./mind.js";
import { lowerPerceptions } from "./perception.js";
import { Reporter } from "./reporter.js";
import { Scope } from "./scope.js";
import { checkSoundness } from "./soundness.js";
import { hashSources } from "./source-hash.js";
import { settleStorage } from "./storage.js";
import { lowerStory } from "./story.js";
import { TypeTable } from "./type-table.js";
import { UnitTable } from "./unit-table.js";
import { lowerWant } from "./want.js";

export interface Compilation {
  readonly context: Context;
  readonly loaded: LoadedSources;
}

const compilations = new WeakMap<World, Compilation>();

/** How this world was compiled; undefined for one that was copied or made elsewhere. */
export function compilationOf(world: World): Compilation | undefined {
  return compilations.get(world);
}

/** Reads a story and, through `find`, every module it uses. Never throws for a text. */
export function compileStory(story: SourceText, find: FindModules): CompiledStory {
  const loaded = loadSources(story, find);
  const { header } = loaded.main.file;
  const diagnostics = [...loaded.diagnostics];
  if (header?.kind !== "story" && !hasErrors(diagnostics)) {
    diagnostics.push({
      code: "FAB5001",
      severity: "error",
      message: header === undefined ? "This file tells no story." : "This is a module, no story.",
      span: spanOf(header ?? loaded.main.file),
      remedy: 'Begin it with `story NAME "Title"`.',
    });
  }
  return compileLoaded(loaded, loaded.main.file, diagnostics);
}

export interface CompiledRow extends CompiledStory {
  /** As written: `S01`. */
  readonly id: string;
  readonly title: string;
}

export interface CompiledSource {
  /** Of the story, where the file holds one. */
  readonly story?: CompiledStory;
  /** In order; each a small story of its own. */
  readonly rows: readonly CompiledRow[];
  /** All that is to say of the file, once. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A file of any kind: the story in it, and every row. `draft`: as for loadSources. */
export function compileSource(
  source: SourceText,
  find: FindModules,
  draft?: Draft,
): CompiledSource {
  const loaded = loadSources(source, find, draft);
  const { file } = loaded.main;
  const whole = compileLoaded(loaded, file, loaded.diagnostics);
  const rows = file.items.flatMap((item) =>
    item.$type === "Row" ? [compileRow(loaded, item)] : [],
  );
  const diagnostics = [...whole.diagnostics, ...rows.flatMap((row) => row.diagnostics)];
  return {
    ...(file.header?.kind === "story" ? { story: whole } : {}),
    rows,
    diagnostics: selectDiagnostics(diagnostics),
  };
}

function compileRow(loaded: LoadedSources, row: Row): CompiledRow {
  const { name: id, title } = row;
  return { id, title, ...compileLoaded(loaded, row, loaded.diagnostics) };
}

function compileLoaded(
  loaded: LoadedSources,
  beginning: File | Row,
  said: readonly Diagnostic[],
): CompiledStory {
  // A tree that did not parse has holes in it; types are for whole sentences.
  if (said.some(({ code, severity }) => severity === "error" && code.startsWith("FAB1"))) {
    return { diagnostics: selectDiagnostics(said) };
  }
  const context = createContext(loaded, beginning);
  const world = lowerWorld(context, loaded);
  if (!context.reporter.hasErrors && !hasErrors(said)) checkSoundness(context, world);
  const diagnostics = selectDiagnostics([...said, ...context.reporter.take()]);
  if (hasErrors(diagnostics)) return { diagnostics };
  compilations.set(world, { context, loaded });
  return { world, diagnostics };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

function createContext(loaded: LoadedSources, beginning: File | Row): Context {
  const units = new UnitTable();
  const pool = new ExpressionPool();
  const context: Context = {
    reporter: new Reporter(),
    units,
    types: new TypeTable(units),
    pool,
    build: new ExpressionBuilder(pool),
    files: loaded.files.map((file) => file.file),
    beginning,
    entities: [],
    entityIds: new Map(),
    groups: new Map(),
    members: new Map(),
    hidden: new Set(),
    fields: [],
    actions: [],
    rules: [],
    processes: [],
    inferences: [],
    expectations: [],
    reflexes: [],
    texts: new Map(),
    textList: [],
    definitions: new Map(),
    calendar: { name: "", parts: [] },
    begins: 0,
    observerType: 0,
    worldType: 0,
  };
  collectUnits(context);
  collectTypes(context);
  collectMembers(context);
  collectEntities(context);
  context.calendar = collectCalendar(context);
  context.begins = collectBegins(context);
  return context;
}

function lowerWorld(context: Context, loaded: LoadedSources): World {
  const fluents = context.fields.map((field) => lowerField(context, field));
  const types = lowerTypes(context);
  const actions = context.actions.map((action) => lowerAction(context, action));
  const rules = lowered(context.rules, (rule) => lowerRule(context, rule)) as Rule[];
  const processes = lowered(context.processes, (each) => lowerProcess(context, each)) as Process[];
  lowerFeelings(context, rules, processes);
  const minds = lowered(itemsOf(context, "Mind"), (mind) => lowerMind(context, mind));
  const typeWants = lowerTypeWants(context);
  const beginning = lowerEntities(context, typeWants.length);
  const schemas = {
    actions,
    rules,
    processes,
    minds,
    expectations: lowered(context.expectations, (each) => lowerExpectation(context, each)),
    inferences: lowered(context.inferences, (each) => lowerInference(context, each)),
    reflexes: lowered(context.reflexes, (each) => lowerReflex(context, each)),
    story: lowerStory(context, beginning),
  };
  const facts = itemsOf(context, "FactsDecl").flatMap((item) =>
    lowered(item.facts, (fact) => lowerFact(context, Scope.empty(), fact)),
  );
  return {
    expressions: context.pool,
    types,
    fluents: settleStorage(context, fluents, schemas),
    ...schemas,
    wants: [...typeWants, ...beginning.wants],
    entities: beginning.entities,
    facts,
    texts: context.textList,
    units: context.units.units,
    calendar: context.calendar,
    hash: hashOf(context, loaded),
  };
}

function lowered<A, B>(items: readonly A[], lower: (item: A) => B | undefined): B[] {
  return items.map(lower).filter((item): item is B & {} => item !== undefined);
}

/** Of all sources; a row is told apart from its file and its neighbours by its name. */
function hashOf(context: Context, loaded: LoadedSources): string {
  const sources = loaded.files.map(({ source, text }) => ({ source, text }));
  const { beginning } = context;
  const row = beginning.$type === "Row" ? [{ source: "row", text: beginning.name }] : [];
  return hashSources([...sources, ...row]);
}

function lowerTypes(context: Context): TypeDeclaration[] {
  const perceptions = new Map<number, Perception[]>();
  for (const { item, owner: entry } of typeBlocks(context)) {
    const type = { kind: "entity", type: entry.id } as const;
    const self = { expr: context.build.local(0, type), type: entry.id };
    const scope = Scope.empty().bind("self", type).withSelf(self);
    const nodes = item.members.filter((member) => member.$type === "Perceive");
    const known = perceptions.get(entry.id) ?? [];
    perceptions.set(entry.id, [...known, ...lowerPerceptions(context, scope, nodes)]);
  }
  return context.types.entries.map(({ id, name, parents, ancestors, symbols }) => ({
    id,
    name,
    parents,
    ancestors,
    ...(symbols === undefined ? {} : { symbols }),
    minded: hasMind(context, id),
    perceptions: perceptions.get(id) ?? [],
  }));
}

function lowerTypeWants(context: Context): Want[] {
  const wants: Want[] = [];
  for (const { item, owner: entry } of typeBlocks(context)) {
    for (const member of item.members) {
      if (member.$type !== "Want") continue;
      const holder = { holder: { type: entry.id }, type: entry.id, common: true };
      const want = lowerWant(context, wants.length, member, holder);
      if (want !== undefined) wants.push(want);
    }
  }
  return wants;
}
