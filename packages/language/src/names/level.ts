/**
 * What one ring of texts declares: a row, a file, or all the modules that a file uses. A view
 * (view.ts) is a list of these, nearest first. Among the modules of one ring a declaration hides
 * that of a module which its own module uses; of two that know nothing of each other neither does,
 * and whoever names them is told (rivalOf).
 */
import { type AstNode, AstUtils } from "langium";
import type {
  Field,
  File,
  HasDecl,
  Item,
  Named,
  Option,
  Row,
  RowItem,
  TypeDecl,
} from "../generated/ast.js";
import { worldType } from "./built-ins.js";
import {
  ancestryOf,
  fieldsOf,
  isSchema,
  type Member,
  type NameTable,
  type Schema,
  subjectOf,
} from "./declarations.js";

/** Does the file use the other by itself? */
export type Uses = (file: File, other: File) => boolean;

type AnyItem = Item | RowItem;

export class Level {
  readonly #rivals = new Map<Named, Named>();
  readonly #members = new Map<TypeDecl, NameTable>();
  #items: readonly AnyItem[] | undefined;
  #types: ReadonlyMap<string, TypeDecl> | undefined;
  #options: ReadonlyMap<string, readonly Option[]> | undefined;
  #firstOptions: NameTable | undefined;
  #own: ReadonlyMap<TypeDecl, ReadonlyMap<string, readonly Member[]>> | undefined;
  #byName: ReadonlyMap<string, readonly Member[]> | undefined;
  #values: NameTable | undefined;
  #schemas: NameTable | undefined;

  constructor(
    readonly blocks: readonly (File | Row)[],
    private readonly uses: Uses,
  ) {}

  get items(): readonly AnyItem[] {
    this.#items ??= this.blocks.flatMap((block): readonly AnyItem[] => block.items);
    return this.#items;
  }

  get types(): ReadonlyMap<string, TypeDecl> {
    if (this.#types === undefined) {
      const lists = new Map<string, TypeDecl[]>();
      for (const item of this.items) if (item.$type === "TypeDecl") push(lists, item.name, item);
      this.#types = this.#nearestOf(lists);
    }
    return this.#types;
  }

  /** Several types may have a symbol of the same name. */
  get options(): ReadonlyMap<string, readonly Option[]> {
    if (this.#options === undefined) {
      const lists = new Map<string, Option[]>();
      for (const item of this.items) {
        if (item.$type !== "TypeDecl") continue;
        for (const option of item.symbols) push(lists, option.name, option);
      }
      this.#options = lists;
    }
    return this.#options;
  }

  get firstOptions(): NameTable {
    this.#firstOptions ??= new Map([...this.options].map(([name, list]) => [name, list[0]!]));
    return this.#firstOptions;
  }

  /** Members that this ring gives to the type and its parents, nearest type first. */
  membersOf(type: TypeDecl): NameTable {
    const known = this.#members.get(type);
    if (known !== undefined) return known;
    const lists = new Map<string, Member[]>();
    for (const ancestor of ancestryOf(type)) {
      for (const [name, members] of this.#ownMembers.get(oneWorld(ancestor)) ?? []) {
        for (const member of members) push(lists, name, member);
      }
    }
    const members = this.#nearestOf(lists);
    this.#members.set(type, members);
    return members;
  }

  /** Of any type; those that another module hides are left out. */
  membersNamed(name: string): readonly Member[] {
    if (this.#byName === undefined) {
      const lists = new Map<string, Member[]>();
      for (const own of this.#ownMembers.values()) {
        for (const [each, members] of own) for (const member of members) push(lists, each, member);
      }
      this.#byName = lists;
    }
    return this.#nearest(this.#byName.get(name) ?? []);
  }

  /** Names of all members of all types. */
  get memberNames(): Iterable<string> {
    this.membersNamed("");
    return this.#byName!.keys();
  }

  /** Fields of the world, things and questions: what a bare name names in an expression. */
  get values(): NameTable {
    if (this.#values === undefined) {
      const lists = new Map<string, Named[]>();
      for (const [name, members] of this.#ownMembers.get(worldType) ?? []) {
        for (const member of members) push(lists, name, member);
      }
      for (const item of this.items) {
        if (item.$type === "Entity" || item.$type === "Question") push(lists, item.name, item);
      }
      this.#values = this.#nearestOf(lists);
    }
    return this.#values;
  }

  /** Actions, rules and the like by themselves, whoever they belong to: the first of a name. */
  get schemas(): NameTable {
    if (this.#schemas === undefined) {
      const lists = new Map<string, Schema[]>();
      for (const item of this.items) if (isSchema(item)) push(lists, item.name, item);
      this.#schemas = this.#nearestOf(lists);
    }
    return this.#schemas;
  }

  /** A declaration of the same name in a module that neither uses the other's nor is used by it. */
  rivalOf(named: Named): Named | undefined {
    return this.#rivals.get(named);
  }

  get #ownMembers(): ReadonlyMap<TypeDecl, ReadonlyMap<string, readonly Member[]>> {
    this.#own ??= collectMembers(this.items);
    return this.#own;
  }

  #nearestOf<N extends Named>(lists: ReadonlyMap<string, readonly N[]>): Map<string, N> {
    return new Map([...lists].map(([name, list]) => [name, this.#nearest(list)[0]!]));
  }

  /** Those that no other hides, in order; a rival of the first is noted. */
  #nearest<N extends Named>(list: readonly N[]): readonly N[] {
    if (list.length < 2) return list;
    const seen = list.filter((each) => !list.some((other) => this.#hides(other, each)));
    // Modules in a circle hide each other: the first stays.
    const near = seen.length === 0 ? list : seen;
    const first = near[0]!;
    const rival = near.find((each) => fileOf(each) !== fileOf(first) && areRivals(first, each));
    if (rival !== undefined) this.#rivals.set(first, rival);
    return near;
  }

  #hides(near: AstNode, far: AstNode): boolean {
    const file = fileOf(near);
    const other = fileOf(far);
    return file !== other && this.uses(file, other) && !this.uses(other, file);
  }
}

/** An action of one type and a rule of another may share a name: the type tells them apart. */
function areRivals(first: Named, second: Named): boolean {
  const owners = [ownerOf(first), ownerOf(second)];
  return owners[0] === owners[1] || owners.includes(undefined);
}

/** Whose member it is; undefined for what is none. */
export function ownerOf(named: Named): TypeDecl | undefined {
  const type = named.$type === "Field" ? typeOfBlockOf(named) : isSchema(named) && subjectOf(named);
  return type ? oneWorld(type) : undefined;
}

function typeOfBlockOf(field: Field): TypeDecl | undefined {
  const block = field.$container as unknown as TypeDecl | HasDecl;
  return block.$type === "TypeDecl" ? block : block.type?.ref;
}

/** There is one world: where a module declares the type, it means what the others speak of. */
function oneWorld(type: TypeDecl): TypeDecl {
  return type.name === worldType.name ? worldType : type;
}

export function fileOf(node: AstNode): File {
  return AstUtils.findRootNode(node) as unknown as File;
}

function collectMembers(items: readonly AnyItem[]): Map<TypeDecl, Map<string, Member[]>> {
  const members = new Map<TypeDecl, Map<string, Member[]>>();
  for (const item of items) {
    for (const member of isSchema(item) ? [item] : fieldsOf(item)) {
      const type = ownerOf(member);
      if (type === undefined) continue;
      const known = members.get(type) ?? new Map<string, Member[]>();
      members.set(type, known);
      push(known, member.name, member);
    }
  }
  return members;
}

/** A sentence that did not parse leaves names out. */
function push<T>(lists: Map<string, T[]>, name: string | undefined, value: T): void {
  if (!name) return;
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [value]);
  else list.push(value);
}
