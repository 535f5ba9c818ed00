/** Names of things: what readers call an entity, a symbol, a number. Nothing of grammar. */
import type { Fluent, ValueType, World } from "@fabula/model";
import { type Apart, fewMax, numberedName } from "./alike-names.js";
import type { Gender } from "./pronoun.js";
import type { Reading } from "./reading.js";
import { withApostrophes } from "./sentence.js";

const genders: readonly string[] = ["she", "he", "they", "it"] satisfies readonly Gender[];

/** What stands for a thing of a type that is not named. */
export type Any = (typeof anyWords)[number];

const anyWords = ["no", "some", "every", "any", "that"] as const;

/** Reads a ground fluent of an entity as it stood when the telling needs it. */
export type FluentReader = (fluent: number, args: readonly number[]) => number | undefined;

export class Lexicon {
  readonly #genders = new Map<number, Gender>();
  /** By birth, told apart; as far as they were counted. */
  readonly #names: string[] = [];
  /** How many of them are called so. */
  readonly #counts = new Map<string, number>();

  constructor(
    readonly world: World,
    private readonly read: FluentReader,
    private readonly reading: Pick<Reading, "typeOf" | "titleOf">,
    private readonly apart: Apart = "none",
  ) {}

  /** What stands for such a thing where a wording names one: `nobody`, `some place`. */
  anyOf(type: number, any: Any): number {
    return -2 - type - anyWords.indexOf(any) * this.world.types.length;
  }

  nameOf(entity: number): string {
    const { length } = this.world.entities;
    const isCounted = entity < length || this.apart !== "declared";
    if (this.apart === "none" || !(entity >= 0) || !isCounted) return this.plainNameOf(entity);
    if (this.typeOf(entity) !== undefined) this.countUpTo(Math.max(entity, length - 1));
    const name = this.#names[entity];
    if (name === undefined) return this.plainNameOf(entity);
    if (this.apart !== "few") return name;
    const plain = this.plainNameOf(entity);
    return (this.#counts.get(plain) ?? 0) > fewMax ? plain : name;
  }

  /** By birth, those of the text first: whoever was there keeps the number it has. */
  private countUpTo(entity: number): void {
    for (let next = this.#names.length; next <= entity; next += 1) {
      const name = this.plainNameOf(next);
      const rank = (this.#counts.get(name) ?? 0) + 1;
      this.#counts.set(name, rank);
      this.#names.push(numberedName(name, rank));
    }
  }

  /** Though others are called so too. */
  plainNameOf(entity: number): string {
    if (entity === -1 || !Number.isFinite(entity)) return "nothing";
    if (entity < 0) return this.nameOfAny(-2 - entity);
    const title = this.reading.titleOf(entity);
    if (title !== undefined) return withApostrophes(title);
    const type = this.typeOf(entity);
    return type === undefined ? "something" : `the ${spaced(type.name)}`;
  }

  /** `somebody` only of the widest type that has a mind: a captain is `some captain`. */
  private nameOfAny(any: number): string {
    const { types } = this.world;
    const type = types[any % types.length];
    const word = anyWords[Math.floor(any / types.length)] ?? "some";
    const noun = spaced(type?.name ?? "thing");
    if (word === "that") return `that ${noun}`;
    const isWidest = type?.ancestors.every((one) => one === type.id || !types[one]?.minded);
    if (type?.minded === true && isWidest) return `${word}body`;
    return noun === "thing" ? `${word}thing` : `${word} ${noun}`;
  }

  genderOf(entity: number): Gender {
    let gender = this.#genders.get(entity);
    if (gender === undefined) {
      gender = this.findGender(entity);
      this.#genders.set(entity, gender);
    }
    return gender;
  }

  private findGender(entity: number): Gender {
    const type = this.typeOf(entity);
    const fluents = this.world.fluents.filter(
      ({ name, module }) => name === "pronoun" && module === undefined,
    );
    const nearest = type?.ancestors.find((one) => fluents.some(({ owner }) => owner === one));
    const fluent = fluents.find(({ owner }) => owner === nearest);
    if (fluent?.type.kind === "symbol") {
      const symbol =
        this.world.types[fluent.type.type]?.symbols?.[this.read(fluent.id, [entity]) ?? -1];
      if (symbol !== undefined && genders.includes(symbol)) return symbol as Gender;
    }
    return type?.minded === true ? "they" : "it";
  }

  /** Of no person is *they* said of one: `the needles hit`. */
  isMany(entity: number): boolean {
    if (this.genderOf(entity) !== "they") return false;
    const { types } = this.world;
    return !this.typeOf(entity)?.ancestors.some((one) => types[one]?.minded === true);
  }

  isPerson(entity: number): boolean {
    return this.typeOf(entity)?.minded === true;
  }

  /** A value that is no entity, claim or deed. */
  valueOf(value: number, type: ValueType): string {
    switch (type.kind) {
      case "boolean":
        return value === 1 ? "yes" : "no";
      case "symbol":
        return spaced(this.world.types[type.type]?.symbols?.[value] ?? "unknown");
      case "text":
        return this.world.texts[value] ?? "";
      case "number":
        return this.amountOf(value, type.dimension);
      case "time":
        return this.clockOf(value);
      default:
        return this.nameOf(value);
    }
  }

  /** A number that a fluent has; what lies between nothing and all reads as a share. */
  quantityOf({ type, low, high }: Fluent, value: number): string {
    if (type.kind !== "number") return this.valueOf(value, type);
    const isShare = Object.keys(type.dimension).length === 0 && low === 0 && high === 1;
    if (isShare && !Number.isNaN(value)) return `${Math.round(value * 1000) / 10} %`;
    return this.amountOf(value, type.dimension);
  }

  /** `value`: base units. Written in the largest unit of which there is at least one. */
  amountOf(value: number, dimension: Readonly<Record<string, number>>): string {
    if (Number.isNaN(value)) return "unknown";
    if (Object.keys(dimension).length === 0) return trimmed(value);
    const units = this.world.units.filter((unit) => sameDimension(unit.dimension, dimension));
    const fitting = units.filter((unit) => Math.abs(value) >= unit.factor);
    const best = fitting.sort((a, b) => b.factor - a.factor || (a.name < b.name ? -1 : 1))[0];
    const unit = best ?? units.sort((a, b) => a.factor - b.factor)[0];
    return unit === undefined ? trimmed(value) : `${trimmed(value / unit.factor)} ${unit.name}`;
  }

  /** `day 1 12:00:05`; larger parts of the calendar only where the story leaves the first. */
  clockOf(time: number): string {
    let seconds = Math.floor(time / 1000);
    const parts: string[] = [];
    for (const part of this.world.calendar.parts) {
      if (part.seconds < 3600) break;
      const count = Math.floor(seconds / part.seconds);
      seconds -= count * part.seconds;
      const isLeast = part.seconds <= 86_400;
      if (count > 0 || parts.length > 0 || isLeast) parts.push(`${part.name} ${count + 1}`);
    }
    const two = (count: number) => String(count).padStart(2, "0");
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
    return [...parts, `${two(hours)}:${two(minutes)}:${two(seconds % 60)}`].join(" ");
  }

  private typeOf(entity: number) {
    const type = this.world.entities[entity]?.type ?? this.reading.typeOf(entity);
    return type === -1 ? undefined : this.world.types[type];
  }
}

/** Names as an author writes them in a world, as words. */
export function spaced(name: string): string {
  return name.replaceAll("_", " ");
}

function sameDimension(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): boolean {
  const powers = Object.keys(a);
  return powers.length === Object.keys(b).length && powers.every((power) => a[power] === b[power]);
}

function trimmed(value: number): string {
  return String(Math.round(value * 100) / 100);
}
