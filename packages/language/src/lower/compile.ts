/**
 * From linked trees to a world: the passes in their order. What the passes share is the context;
 * it is kept for as long as the world is, for changes and questions that come later.
 */
import {
  type CompiledStory,
  type Diagnostic,
  ExpressionPool,
  type FindModules,
  type Fluent,
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
import { collectBegins, collectCalendar } from "./calendar.js";
import { collectMembers, typeBlocks } from "./collect-members.js";
import { collectTexts } from "./collect-texts.js";
import { collectTypes, collectUnits, hasMind } from "./collect-types.js";
import type { Context } from "./context.js";
import { collectEntities, lowerEntities } from "./entity.js";
import { ExpressionBuilder } from "./expression-builder.js";
import { withInitials } from "./initials.js";
import { lowerParts } from "./kept-part.js";
import { checkNeverSet } from "./never-set.js";
import type { Part } from "./part.js";
import { Reporter } from "./reporter.js";
import { checkSoundness } from "./soundness.js";
import { hashSources } from "./source-hash.js";
import { settleStorage } from "./storage.js";
import { lowerStory } from "./story.js";
import { TypeTable } from "./type-table.js";
import { UnitTable } from "./unit-table.js";

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
  if (said.some(leavesHoles)) return { diagnostics: selectDiagnostics(said) };
  const context = createContext(loaded, beginning);
  const world = lowerWorld(context, loaded);
  if (!context.reporter.hasErrors && !hasErrors(said)) {
    checkSoundness(context, world);
    checkNeverSet(context, world);
  }
  const diagnostics = selectDiagnostics([...said, ...context.reporter.take()]);
  if (hasErrors(diagnostics)) return { diagnostics };
  compilations.set(world, { context, loaded });
  return { world, diagnostics };
}

/**
 * A tree that did not parse has holes in it, and so has one without a module or a type: what would
 * be said of values and units follows from that.
 */
function leavesHoles({ code, severity }: Diagnostic): boolean {
  if (severity !== "error") return false;
  return code.startsWith("FAB1") || code === "FAB2002" || code === "FAB2004";
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
    wants: [],
    calendar: { name: "", parts: [] },
    begins: 0,
    asked: { begins: false, texts: new Set(), titles: false },
    observerType: 0,
    worldType: 0,
  };
  collectUnits(context);
  collectTypes(context);
  collectMembers(context);
  collectTexts(context);
  collectEntities(context);
  context.calendar = collectCalendar(context);
  context.begins = collectBegins(context);
  return context;
}

function lowerWorld(context: Context, loaded: LoadedSources): World {
  const parts = lowerParts(context, loaded.main.file);
  const wants = joinWants(context, parts);
  const { rules, processes } = joinRules(parts);
  const beginning = lowerEntities(context, wants.length);
  context.wants = [...wants, ...beginning.wants];
  const schemas = {
    actions: parts.flatMap((part) => part.actions),
    rules,
    processes,
    minds: parts.flatMap((part) => part.minds),
    expectations: parts.flatMap((part) => part.expectations),
    inferences: parts.flatMap((part) => part.inferences),
    reflexes: parts.flatMap((part) => part.reflexes),
    story: lowerStory(context, beginning),
  };
  return {
    expressions: context.pool,
    types: joinTypes(context, parts),
    fluents: settleStorage(context, joinFluents(parts), schemas),
    ...schemas,
    wants: context.wants,
    entities: beginning.entities,
    facts: parts.flatMap((part) => part.facts),
    texts: context.textList,
    units: context.units.units,
    calendar: context.calendar,
    hash: hashOf(context, loaded),
  };
}

/** Numbered when they were collected. */
function joinFluents(parts: readonly Part[]): readonly Fluent[] {
  const fluents: Fluent[] = [];
  for (const fluent of parts.flatMap((part) => part.fluents)) fluents[fluent.id] = fluent;
  return withInitials(
    fluents,
    parts.flatMap((part) => part.initials),
  );
}

/** Those of feelings follow all others. */
function joinRules(parts: readonly Part[]): { rules: Rule[]; processes: Process[] } {
  const rules = parts.flatMap((part) => part.rules);
  const processes = parts.flatMap((part) => part.processes);
  for (const felt of parts.flatMap((part) => part.felt)) {
    for (const rule of felt.rules) rules.push({ id: rules.length, ...rule });
    for (const process of felt.processes) processes.push({ id: processes.length, ...process });
  }
  return { rules, processes };
}

/** In the order of the blocks that they stand in. */
function joinWants(context: Context, parts: readonly Part[]): readonly Want[] {
  const wants = typeBlocks(context).flatMap(({ item }) =>
    parts.flatMap((part) => part.wants.get(item) ?? []),
  );
  return wants.map((want, id) => ({ ...want, id }));
}

function joinTypes(context: Context, parts: readonly Part[]): TypeDeclaration[] {
  return context.types.entries.map(({ id, name, parents, ancestors, symbols }) => ({
    id,
    name,
    parents,
    ancestors,
    ...(symbols === undefined ? {} : { symbols }),
    minded: hasMind(context, id),
    perceptions: parts.flatMap((part) => part.perceptions.get(id) ?? []),
  }));
}

/** Of all sources; a row is told apart from its file and its neighbours by its name. */
function hashOf(context: Context, loaded: LoadedSources): string {
  const sources = loaded.files.map(({ source, text }) => ({ source, text }));
  const { beginning } = context;
  const row = beginning.$type === "Row" ? [{ source: "row", text: beginning.name }] : [];
  return hashSources([...sources, ...row]);
}
