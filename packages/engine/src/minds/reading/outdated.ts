/**
 * When a computed field that was perceived is believed as perceived no longer, but as its
 * definition has it: where a foresight changes something it is computed from, or where the person
 * has since learned something it is computed from and does not perceive the field itself now.
 */
import { Way } from "../beliefs/common-ground.js";
import type { Evaluator } from "./evaluator.js";
import type { Derived, Reads } from "./kept.js";

/** Keys below name the time and lists of atoms: see belief-space.ts. */
const FIRST_ATOM = 32;

export class Outdated {
  /** By fluent: it is computed, and perceived. */
  readonly #both: readonly boolean[];
  /** By key: what the definition is computed from. */
  readonly #inputs: (Derived<undefined> | undefined)[] = [];

  constructor(readonly reader: Evaluator) {
    this.#both = reader.world.fluents.map(
      (fluent) => fluent.means !== undefined && reader.common.wayOf[fluent.id] === Way.perceived,
    );
  }

  /** Whether when it was last perceived matters: fluents that can be outdated. */
  mayBe(fluent: number): boolean {
    return this.#both[fluent] === true;
  }

  /** Of a belief that is held, in the perspective at hand. */
  is(key: number, fluent: number, atom: number): boolean {
    if (this.#both[fluent] !== true) return false;
    const { reader } = this;
    const { space } = reader;
    if (space.isOverlaid(key) || !isPerceived(space.sourceOf(key))) return false;
    if (space.perspectives.depthOf(reader.perspective) > 1) return false;
    const reads = this.#readsOf(key, fluent, atom);
    const since = space.timeOf(key);
    let newer = false;
    for (const input of reads) {
      if (input < FIRST_ATOM) continue;
      if (space.isForeseen(input)) return true;
      if (space.timeOf(input) > since) newer = true;
    }
    return newer && !this.#isPerceivedNow(fluent, atom);
  }

  #readsOf(key: number, fluent: number, atom: number): Reads {
    const { reader } = this;
    const { log } = reader;
    const known = this.#inputs[key];
    if (known !== undefined && log.holds(known, reader.now) && log.isClean(known.reads)) {
      log.noteAll(known.reads);
      return known.reads;
    }
    const tracer = reader.tracer;
    reader.tracer = undefined;
    const start = log.open();
    const means = reader.world.fluents[fluent]?.means as number;
    reader.soft(reader.perspective, means, reader.atoms.argsOf(atom).slice());
    const reads = log.keysOf(log.since(start));
    log.drop(start);
    // When each was last learned matters, not only what comes of it: each is read by itself.
    log.noteAll(reads);
    reader.tracer = tracer;
    if (log.isClean(reads)) this.#inputs[key] = log.derived(reads, reader.now, undefined);
    return reads;
  }

  /** Whether the person still has it before them: then what they perceive is the news. */
  #isPerceivedNow(fluent: number, atom: number): boolean {
    const { reader } = this;
    const own = reader.perspective;
    const clauses = reader.world.fluents[fluent]?.perceptions ?? [];
    const args = reader.atoms.argsOf(atom);
    const observer = reader.space.perspectives.lastOf(own);
    return reader.unheld.wouldPerceive(own, clauses, args, observer);
  }
}

function isPerceived(source: string): boolean {
  return source === "saw" || source === "heard" || source === "felt";
}
