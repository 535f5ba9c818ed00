/**
 * What can be named in one file: what stands in it and in the modules it uses. Built when first
 * asked for and never changed; an edited file gets a new view, as does every file that uses it.
 */
import type {
  Action,
  Entity,
  Expectation,
  Feeling,
  Field,
  File,
  HasDecl,
  Inference,
  Item,
  Named,
  Option,
  Process,
  Question,
  Reflex,
  Rule,
  TypeDecl,
} from "../generated/ast.js";
import { builtInMembers, builtInNames, worldType } from "./built-ins.js";

export type NameTable = ReadonlyMap<string, Named>;
export type Schema = Action | Rule | Process | Feeling | Inference | Expectation | Reflex;
export type Member = Field | Schema;

/** Parents of parents of parents: deeper than this is a circle. */
const ancestryMax = 50;

export class View {
  #types: ReadonlyMap<string, TypeDecl> | undefined;
  #own: ReadonlyMap<TypeDecl, ReadonlyMap<string, Member>> | undefined;
  #levels: readonly NameTable[] | undefined;
  #membersOfAny: NameTable | undefined;
  readonly #members = new Map<TypeDecl, NameTable>();

  /**
   * `files`: the file itself first, then those of the modules it uses. `unseen`: other files of
   * the same story, to tell an author what is missing.
   */
  constructor(
    readonly files: readonly File[],
    readonly unseen: readonly File[] = [],
  ) {}

  get items(): readonly Item[] {
    return this.files.flatMap((file) => file.items);
  }

  get types(): ReadonlyMap<string, TypeDecl> {
    if (this.#types === undefined) {
      const types = new Map<string, TypeDecl>();
      for (const item of this.items) {
        if (item.$type === "TypeDecl" && item.name && !types.has(item.name))
          types.set(item.name, item);
      }
      if (!types.has(worldType.name)) types.set(worldType.name, worldType);
      this.#types = types;
    }
    return this.#types;
  }

  /** Members declared for this very type, by name. */
  ownMembers(type: TypeDecl): ReadonlyMap<string, Member> {
    this.#own ??= collectMembers(this.items);
    return this.#own.get(type) ?? new Map();
  }

  /** Members of the type and its parents, nearest first; built-in ones for who has a mind. */
  membersOf(type: TypeDecl): NameTable {
    const known = this.#members.get(type);
    if (known !== undefined) return known;
    const members = new Map<string, Named>();
    const ancestry = ancestryOf(type);
    for (const ancestor of ancestry) addMissing(members, this.ownMembers(ancestor));
    if (ancestry.some((ancestor) => this.mindedTypes.has(ancestor))) {
      addMissing(members, builtInMembers);
    }
    this.#members.set(type, members);
    return members;
  }

  /** Of members that are called the same the first; whoever asks tells them apart by their type. */
  get membersOfAnyType(): NameTable {
    if (this.#membersOfAny === undefined) {
      this.#own ??= collectMembers(this.items);
      const members = new Map<string, Named>();
      for (const own of this.#own.values()) addMissing(members, own);
      this.#membersOfAny = members;
    }
    return this.#membersOfAny;
  }

  /** Types that a `mind of` block names; `person` where there is none. */
  get mindedTypes(): ReadonlySet<TypeDecl> {
    const minded = new Set<TypeDecl>();
    for (const item of this.items) {
      const type = item.$type === "Mind" ? item.of?.type?.ref?.ref : undefined;
      if (type !== undefined) minded.add(type);
    }
    const person = this.types.get("person");
    if (minded.size === 0 && person !== undefined) minded.add(person);
    return minded;
  }

  /** Tables for a bare name that is nothing nearer, first match wins. */
  get globals(): readonly NameTable[] {
    this.#levels ??= this.#buildGlobals();
    return this.#levels;
  }

  #buildGlobals(): readonly NameTable[] {
    const entities = new Map<string, Entity | Question>();
    const options = new Map<string, Option>();
    const schemas = new Map<string, Schema>();
    for (const item of this.items) {
      if (item.$type === "Entity" || item.$type === "Question") add(entities, item);
      else if (item.$type === "TypeDecl") for (const option of item.symbols) add(options, option);
      else if (isSchema(item)) add(schemas, item);
    }
    const ofWorld = this.membersOf(this.types.get(worldType.name)!);
    return [ofWorld, entities, options, this.types, schemas, builtInNames];
  }
}

const views = new WeakMap<File, View>();

export function setView(file: File, view: View): void {
  views.set(file, view);
}

/** A file that nobody set a view for sees only itself. */
export function viewOf(file: File): View {
  let view = views.get(file);
  if (view === undefined) {
    view = new View([file]);
    views.set(file, view);
  }
  return view;
}

/** The type, its parents and theirs, nearest first, each once. */
export function ancestryOf(type: TypeDecl): readonly TypeDecl[] {
  const found = new Set<TypeDecl>([type]);
  let level: readonly TypeDecl[] = [type];
  for (let depth = 0; depth < ancestryMax && level.length > 0; depth += 1) {
    const parents = level.flatMap((child) => child.parents.map((parent) => parent.ref));
    level = parents.filter((parent) => parent !== undefined && !found.has(parent)) as TypeDecl[];
    for (const parent of level) found.add(parent);
  }
  return [...found];
}

export function isSchema(item: Item): item is Schema {
  return (
    ["Action", "Rule", "Process", "Feeling", "Inference", "Expectation", "Reflex"] as string[]
  ).includes(item.$type);
}

/** Whose member a declaration is: its actor, its first binder. */
export function subjectOf(schema: Schema): TypeDecl | undefined {
  switch (schema.$type) {
    case "Action":
      return schema.actor?.type?.ref?.ref;
    case "Rule":
    case "Process":
      return schema.binders?.params[0]?.type?.ref?.ref;
    case "Feeling":
      return schema.of?.type?.ref?.ref;
    default:
      return schema.by?.type?.ref?.ref;
  }
}

function collectMembers(items: readonly Item[]): Map<TypeDecl, Map<string, Member>> {
  const members = new Map<TypeDecl, Map<string, Member>>();
  const put = (type: TypeDecl | undefined, member: Member): void => {
    if (type === undefined) return;
    const known = members.get(type) ?? new Map<string, Member>();
    members.set(type, known);
    add(known, member);
  };
  for (const item of items) {
    if (isSchema(item)) put(subjectOf(item), item);
    const type =
      item.$type === "TypeDecl" ? item : item.$type === "HasDecl" ? item.type?.ref : undefined;
    for (const field of fieldsOf(item)) put(type, field);
  }
  return members;
}

export function fieldsOf(item: Item | HasDecl): readonly Field[] {
  if (item.$type !== "TypeDecl" && item.$type !== "HasDecl") return [];
  return item.members.filter((member): member is Field => member.$type === "Field");
}

/** The first of a name stays: the second is reported (duplicates.ts). */
function add<N extends { name: string }>(table: Map<string, N>, named: N): void {
  if (named.name && !table.has(named.name)) table.set(named.name, named);
}

function addMissing(into: Map<string, Named>, from: NameTable): void {
  for (const [name, named] of from) if (!into.has(name)) into.set(name, named);
}
