/**
 * The types of a world, their parents and members, and what may stand where. Parents come first
 * in ids; a member is looked for nearest first.
 */
import type { Dimension, TypeId, ValueType } from "@fabula/model";
import type { Reference } from "langium";
import type { TypeDecl } from "../generated/ast.js";
import { worldType } from "../names/built-ins.js";
import { isSameDimension } from "./dimension.js";
import type { Member } from "./member.js";
import type { UnitTable } from "./unit-table.js";

export interface TypeEntry {
  readonly id: TypeId;
  readonly name: string;
  readonly parents: readonly TypeId[];
  /** This type, its parents and theirs, nearest first, each once. */
  readonly ancestors: readonly TypeId[];
  /** Of a `one of` type. */
  readonly symbols: readonly string[] | undefined;
  /** Declared on this very type; of a name that several texts declare the nearest to the story. */
  readonly members: Map<string, Member>;
}

export class TypeTable {
  readonly entries: TypeEntry[] = [];
  readonly #byNode = new Map<TypeDecl, TypeEntry>();
  readonly #byName = new Map<string, TypeEntry>();

  constructor(readonly units: UnitTable) {}

  /** `node`: absent where the language brings it along. */
  declare(
    node: TypeDecl | undefined,
    name: string,
    parents: readonly TypeId[],
    symbols: readonly string[] | undefined,
  ): TypeEntry {
    const id = this.entries.length;
    const ancestors = this.#ancestorsOf(id, parents);
    const entry: TypeEntry = { id, name, parents, ancestors, symbols, members: new Map() };
    this.entries.push(entry);
    if (node !== undefined) this.#byNode.set(node, entry);
    if (!this.#byName.has(name)) this.#byName.set(name, entry);
    return entry;
  }

  /** Breadth first: this, its parents as written, their parents. */
  #ancestorsOf(id: TypeId, parents: readonly TypeId[]): TypeId[] {
    const found = new Set<TypeId>([id, ...parents]);
    for (const parent of parents) {
      for (const ancestor of this.get(parent).ancestors) found.add(ancestor);
    }
    return [...found];
  }

  /** What a name was linked to; undefined where that is no type of this story. */
  of(reference: Reference<TypeDecl> | undefined): TypeEntry | undefined {
    const node = reference?.ref;
    if (node === undefined) return undefined;
    return node === worldType ? this.find(worldType.name) : this.#byNode.get(node);
  }

  ofNode(node: TypeDecl): TypeEntry | undefined {
    return this.#byNode.get(node);
  }

  /** The first of that name: for the few that the language itself speaks of. */
  find(name: string): TypeEntry | undefined {
    return this.#byName.get(name);
  }

  get(id: TypeId): TypeEntry {
    const entry = this.entries[id];
    if (entry === undefined) throw new RangeError(`no type ${id}`);
    return entry;
  }

  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  isSubtype(type: TypeId, of: TypeId): boolean {
    return this.get(type).ancestors.includes(of);
  }

  /** Could something be of both types? */
  areRelated(left: TypeId, right: TypeId): boolean {
    if (this.isSubtype(left, right) || this.isSubtype(right, left)) return true;
    return this.entries.some(
      (entry) => entry.ancestors.includes(left) && entry.ancestors.includes(right),
    );
  }

  memberNames(type: TypeId): string[] {
    return this.get(type).ancestors.flatMap((ancestor) => [...this.get(ancestor).members.keys()]);
  }

  /** As an author would say it: `a person`, `a number in m per s`, `a colour`, `yes or no`. */
  describe(type: ValueType): string {
    switch (type.kind) {
      case "boolean":
        return "yes or no";
      case "number":
        return describeNumber(this.units.describe(type.dimension));
      case "symbol":
        return `a ${this.get(type.type).name}`;
      case "entity":
        return withArticle(this.get(type.type).name);
      case "text":
        return "a text";
      case "claim":
        return "a claim";
      case "deed":
        return "a deed (somebody doing something)";
      case "time":
        return "a point in time";
    }
  }

  /** May a value of `actual` stand where `needed` is declared? */
  isAssignable(actual: ValueType, needed: ValueType): boolean {
    if (actual.kind === "number" && needed.kind === "number") {
      return isSameDimension(actual.dimension, needed.dimension);
    }
    if (actual.kind === "entity" && needed.kind === "entity") {
      return this.isSubtype(actual.type, needed.type);
    }
    if (actual.kind === "symbol" && needed.kind === "symbol") return actual.type === needed.type;
    return actual.kind === needed.kind;
  }
}

/** `m per s` is `a number in m per s`, `per s` is `a number per s`. */
function describeNumber(units: string): string {
  if (units === "a plain number") return units;
  return units.startsWith("per ") ? `a number ${units}` : `a number in ${units}`;
}

export function numberOf(dimension: Dimension): ValueType {
  return { kind: "number", dimension };
}

export function withArticle(word: string): string {
  return `${/^[aeiou]/i.test(word) ? "an" : "a"} ${word}`;
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
