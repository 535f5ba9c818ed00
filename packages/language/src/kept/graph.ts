/**
 * A graph of values as plain data, and back: objects that name each other in circles, with all that
 * is the same object before being the same object afterwards. What comes out is a structured clone's
 * fare (strings, numbers, lists), so that a host can store it as it likes.
 *
 *   cells:  shape, [length,] value, value, ... for one object after the other
 *   value:  payload << 2 | kind       kind 0: an object by its number    2: a whole number
 *                                     kind 1: a string by its number     3: undefined, null, false,
 *                                                                           true, -0, then `numbers`
 *
 * Objects are numbered as they stand in `cells`, behind those that were known before. Reading is one
 * loop over numbers: it is done cold, by every command.
 */
import { InvariantError } from "@fabula/model";

export interface PackedGraph {
  readonly strings: readonly string[];
  readonly numbers: readonly number[];
  /** Of objects: the name of the class, then its properties in order. */
  readonly shapes: readonly (readonly string[])[];
  readonly cells: Int32Array;
}

/** A class whose instances have their own properties for all they know. */
export interface GraphClass {
  readonly name: string;
  readonly prototype: object;
  /** An instance to be filled; made as all others are, so that V8 takes them for alike. */
  readonly make: () => object;
}

const arrayShape = 0;
const mapShape = 1;
const setShape = 2;
/** The first that is one of `shapes`. */
const firstShape = 3;

const [ofObject, ofString, ofInteger, ofRest] = [0, 1, 2, 3];
const constants: readonly unknown[] = [undefined, null, false, true, -0];
const integerMax = 2 ** 29 - 1;

/** All objects that can be reached from `root`, the root first; `known` are named, not packed. */
export function packGraph(
  root: object,
  known: readonly object[],
  classes: readonly GraphClass[],
): { readonly graph: PackedGraph; readonly objects: readonly object[] } {
  const packer = new Packer(known, classes);
  packer.pack(root);
  const { strings, numbers, shapes, objects } = packer;
  const cells = Int32Array.from(packer.cells);
  const graph = {
    strings: [...strings.keys()],
    numbers: [...numbers.keys()],
    shapes: [...shapes.values()].map(({ words }) => words),
    cells,
  };
  return { graph, objects };
}

class Packer {
  readonly strings = new Map<string, number>();
  readonly numbers = new Map<number, number>();
  readonly shapes = new Map<string, { readonly index: number; readonly words: string[] }>();
  readonly cells: number[] = [];
  readonly objects: object[] = [];
  readonly #numbered = new Map<object, number>();
  readonly #classNames: ReadonlyMap<object, string>;

  constructor(
    private readonly known: readonly object[],
    classes: readonly GraphClass[],
  ) {
    for (const [index, object] of known.entries()) this.#numbered.set(object, index);
    const named = classes.map(({ prototype, name }) => [prototype, name] as const);
    this.#classNames = new Map([[Object.prototype, ""], ...named]);
  }

  pack(root: object): void {
    this.#numberOf(root);
    for (let index = 0; index < this.objects.length; index += 1) this.#write(this.objects[index]!);
  }

  #write(object: object): void {
    if (Array.isArray(object)) this.#writeList(arrayShape, object);
    else if (object instanceof Map) this.#writeList(mapShape, [...object].flat(1));
    else if (object instanceof Set) this.#writeList(setShape, [...object]);
    else {
      const keys = Object.keys(object);
      this.cells.push(firstShape + this.#shapeOf(object, keys));
      for (const key of keys) this.#writeValue((object as Record<string, unknown>)[key]);
    }
  }

  #writeList(shape: number, values: readonly unknown[]): void {
    this.cells.push(shape, values.length);
    for (const value of values) this.#writeValue(value);
  }

  #shapeOf(object: object, keys: readonly string[]): number {
    const name = this.#classNames.get(Object.getPrototypeOf(object));
    if (name === undefined) {
      throw new InvariantError(`a ${object.constructor?.name} is no plain data`);
    }
    const words = [name, ...keys];
    const key = words.join();
    const index = this.shapes.get(key)?.index ?? this.shapes.size;
    if (index === this.shapes.size) this.shapes.set(key, { index, words });
    return index;
  }

  #writeValue(value: unknown): void {
    const constant = constants.findIndex((one) => Object.is(one, value));
    if (constant >= 0) this.#writeCell(ofRest, constant);
    else if (typeof value === "string") this.#writeCell(ofString, numberIn(this.strings, value));
    else if (typeof value === "object") this.#writeCell(ofObject, this.#numberOf(value!));
    else if (typeof value !== "number") {
      throw new InvariantError(`a ${typeof value} is no plain data`);
    } else if (Number.isInteger(value) && Math.abs(value) <= integerMax) {
      this.#writeCell(ofInteger, value);
    } else this.#writeCell(ofRest, constants.length + numberIn(this.numbers, value));
  }

  #writeCell(kind: number, payload: number): void {
    this.cells.push((payload << 2) | kind);
  }

  #numberOf(object: object): number {
    const before = this.#numbered.get(object);
    if (before !== undefined) return before;
    const number = this.known.length + this.objects.length;
    this.#numbered.set(object, number);
    this.objects.push(object);
    return number;
  }
}

function numberIn<T>(list: Map<T, number>, value: T): number {
  const before = list.get(value);
  if (before !== undefined) return before;
  list.set(value, list.size);
  return list.size - 1;
}

/** The objects that were packed, in their order, the root first. `known`: as when packing. */
export function unpackGraph(
  graph: PackedGraph,
  known: readonly object[],
  classes: readonly GraphClass[],
): readonly object[] {
  const objects = makeObjects(graph, classes);
  fillObjects(graph, objects, known);
  return objects;
}

/** Empty, each of its class. */
function makeObjects({ shapes, cells }: PackedGraph, classes: readonly GraphClass[]): object[] {
  const made = new Map(classes.map(({ name, make }) => [name, make]));
  const makers = shapes.map(([name = "", ...keys]) => made.get(name) ?? makerOf(keys));
  const objects: object[] = [];
  for (let at = 0; at < cells.length; ) {
    const shape = cells[at]!;
    if (shape < firstShape) {
      objects.push(shape === arrayShape ? [] : shape === mapShape ? new Map() : new Set());
      at += 2 + cells[at + 1]!;
    } else {
      objects.push(makers[shape - firstShape]!());
      at += shapes[shape - firstShape]!.length;
    }
  }
  return objects;
}

/** A copy of one object has its properties from the start. */
function makerOf(keys: readonly string[]): () => object {
  const empty = Object.fromEntries(keys.map((key) => [key, null]));
  const model = JSON.parse(JSON.stringify(empty)) as object;
  return () => ({ ...model });
}

function fillObjects(graph: PackedGraph, objects: readonly object[], known: readonly object[]) {
  const { strings, numbers, shapes, cells } = graph;
  const knownCount = known.length;
  const valueAt = (at: number): unknown => {
    const cell = cells[at]!;
    const payload = cell >> 2;
    switch (cell & 3) {
      case ofObject:
        return payload < knownCount ? known[payload] : objects[payload - knownCount];
      case ofString:
        return strings[payload];
      case ofInteger:
        return payload;
      default:
        return payload < constants.length
          ? constants[payload]
          : numbers[payload - constants.length];
    }
  };
  let at = 0;
  for (const object of objects) {
    const shape = cells[at]!;
    at += 1;
    if (shape >= firstShape) {
      const words = shapes[shape - firstShape]!;
      for (let index = 1; index < words.length; index += 1) {
        (object as Record<string, unknown>)[words[index]!] = valueAt(at);
        at += 1;
      }
      continue;
    }
    const end = at + 1 + cells[at]!;
    at += 1;
    if (shape === arrayShape) {
      for (; at < end; at += 1) (object as unknown[]).push(valueAt(at));
    } else if (shape === mapShape) {
      for (; at < end; at += 2) {
        (object as Map<unknown, unknown>).set(valueAt(at), valueAt(at + 1));
      }
    } else for (; at < end; at += 1) (object as Set<unknown>).add(valueAt(at));
  }
}
