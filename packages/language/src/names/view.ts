/**
 * What can be named in one place: rings of texts, nearest first. Around a row lies its file, around
 * a file the modules it uses. Built when first asked for and never changed; an edited file gets a
 * new view, as does every file that uses it.
 */
import { type AstNode, AstUtils } from "langium";
import {
  type File,
  isFile,
  type Named,
  type Option,
  type Row,
  type TypeDecl,
} from "../generated/ast.js";
import { builtInMembers, builtInNames, worldType } from "./built-ins.js";
import { ancestryOf, type Member, type NameTable } from "./declarations.js";
import { Level } from "./level.js";

export class View {
  readonly files: ReadonlySet<File>;
  #types: ReadonlyMap<string, TypeDecl> | undefined;
  #membersOfAny: NameTable | undefined;
  #minded: ReadonlySet<TypeDecl> | undefined;
  readonly #members = new Map<TypeDecl, NameTable>();
  readonly #rows = new Map<Row, View>();
  readonly #globals = new Map<TypeDecl | undefined, readonly NameTable[]>();

  /** `unseen`: other files of the same story, to tell an author what is missing. */
  constructor(
    readonly levels: readonly Level[],
    readonly unseen: readonly File[] = [],
  ) {
    this.files = new Set(levels.flatMap((level) => level.blocks.filter(isFile)));
  }

  /** From inside a row: its own things and fields come before those of its file. */
  within(row: Row): View {
    let view = this.#rows.get(row);
    if (view === undefined) {
      view = new View([new Level([row], uses), ...this.levels], this.unseen);
      this.#rows.set(row, view);
    }
    return view;
  }

  /** With further texts behind all others: for lines that are typed into a finished story. */
  widened(files: readonly File[]): View {
    const more = files.filter((file) => !this.files.has(file));
    return new View([...this.levels, new Level(more, uses)]);
  }

  get types(): ReadonlyMap<string, TypeDecl> {
    if (this.#types === undefined) {
      const types = new Map<string, TypeDecl>();
      for (const level of this.levels) addMissing(types, level.types);
      if (!types.has(worldType.name)) types.set(worldType.name, worldType);
      this.#types = types;
    }
    return this.#types;
  }

  /** Members of the type and its parents, nearest first; built-in ones for who has a mind. */
  membersOf(type: TypeDecl): NameTable {
    const known = this.#members.get(type);
    if (known !== undefined) return known;
    const members = new Map<string, Named>();
    for (const level of this.levels) addMissing(members, level.membersOf(type));
    addMissing(members, this.builtInMembersOf(type));
    this.#members.set(type, members);
    return members;
  }

  builtInMembersOf(type: TypeDecl): NameTable {
    const isMinded = ancestryOf(type).some((ancestor) => this.mindedTypes.has(ancestor));
    return isMinded ? builtInMembers : new Map();
  }

  /** Of members that are called the same the nearest; `mechanismsNamed` tells whether it is sure. */
  get membersOfAnyType(): NameTable {
    if (this.#membersOfAny === undefined) {
      const members = new Map<string, Named>();
      for (const level of this.levels) {
        for (const name of level.memberNames) {
          if (!members.has(name)) members.set(name, this.mechanismsNamed(name)[0]!);
        }
      }
      this.#membersOfAny = members;
    }
    return this.#membersOfAny;
  }

  /** What can be switched off under this name, of whatever type; else a field, to say so. */
  mechanismsNamed(name: string): readonly Member[] {
    const rings = this.levels.map((level) => level.membersNamed(name));
    const mechanisms = rings.map((ring) => ring.filter(isMechanism));
    return [...mechanisms, ...rings].find((ring) => ring.length > 0) ?? [];
  }

  /** Types that a `mind of` block names; `person` where there is none. */
  get mindedTypes(): ReadonlySet<TypeDecl> {
    if (this.#minded === undefined) {
      const minded = new Set<TypeDecl>();
      for (const item of this.levels.flatMap((level) => level.items)) {
        const type = item.$type === "Mind" ? item.of?.type?.ref?.ref : undefined;
        if (type !== undefined) minded.add(type);
      }
      const person = this.types.get("person");
      if (minded.size === 0 && person !== undefined) minded.add(person);
      this.#minded = minded;
    }
    return this.#minded;
  }

  /**
   * Tables for a bare name that is nothing nearer; first match wins. Ring by ring: members of whose
   * block it is (`self`), then what is declared there. A module can so declare a field that is
   * called like something of this text, and this text means what it meant before.
   */
  globalsFor(self: TypeDecl | undefined): readonly NameTable[] {
    const known = this.#globals.get(self);
    if (known !== undefined) return known;
    const rings = this.levels.flatMap((level, index) => {
      const { values, firstOptions, schemas } = level;
      // Those of the first ring stand among the locals.
      const own = self === undefined || index === 0 ? [] : [level.membersOf(self)];
      return [...own, values, firstOptions, schemas];
    });
    const ofMind = self === undefined ? [] : [this.builtInMembersOf(self)];
    const tables = [...rings, ...ofMind, this.types, builtInNames];
    this.#globals.set(self, tables);
    return tables;
  }

  /** What a bare name would mean in an expression if the nearest ring did not declare it. */
  valueBehind(name: string): Named | undefined {
    return firstOf(this.levels.slice(1).map((level) => level.values.get(name)));
  }

  typeBehind(name: string): TypeDecl | undefined {
    return firstOf(this.levels.slice(1).map((level) => level.types.get(name)));
  }

  /** Symbols of this name, of one type or more, in the nearest ring that has one. */
  optionsNamed(name: string): readonly Option[] {
    for (const level of this.levels) {
      const options = level.options.get(name);
      if (options !== undefined) return options;
    }
    return [];
  }

  /** Another declaration that the name could as well mean in this place. */
  rivalOf(named: Named): Named | undefined {
    for (const level of this.levels) {
      const rival = level.rivalOf(named);
      if (rival !== undefined) return rival;
    }
    return undefined;
  }
}

const views = new WeakMap<File, View>();

export function setView(file: File, view: View): void {
  views.set(file, view);
}

/** The view of a file that uses those. */
export function viewFrom(
  file: File,
  used: readonly File[] = [],
  unseen: readonly File[] = [],
): View {
  return new View([new Level([file], uses), new Level(used, uses)], unseen);
}

/** A file that nobody set a view for sees only itself. */
export function viewOf(file: File): View {
  let view = views.get(file);
  if (view === undefined) {
    view = viewFrom(file);
    views.set(file, view);
  }
  return view;
}

/** What can be named where the node stands. */
export function viewAt(node: AstNode): View {
  const root = AstUtils.findRootNode(node);
  if (!isFile(root)) return viewFrom({ $type: "File", items: [] } as File);
  const view = viewOf(root);
  const row = rowAround(node);
  return row === undefined ? view : view.within(row);
}

function rowAround(node: AstNode): Row | undefined {
  let item: AstNode | undefined = node;
  while (item !== undefined && item.$type !== "Row") item = item.$container;
  return item as Row | undefined;
}

function uses(file: File, other: File): boolean {
  return viewOf(file).files.has(other);
}

function isMechanism(member: Member): boolean {
  return member.$type !== "Field" || member.means;
}

function firstOf<N>(found: readonly (N | undefined)[]): N | undefined {
  return found.find((named) => named !== undefined);
}

function addMissing<N>(into: Map<string, N>, from: ReadonlyMap<string, N>): void {
  for (const [name, named] of from) if (!into.has(name)) into.set(name, named);
}
