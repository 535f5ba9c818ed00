/**
 * What an occurrence does. The same effects run on the truth and, in a person's foresight, on the
 * world as that person believes it: there is one interpreter, over two kinds of state.
 */

import type { Span } from "./diagnostic.js";
import type { Draw, EntityId, ExprId, FluentId, TypeId } from "./types.js";

/** A fluent with its arguments as expressions; args[0] is the owner. */
export interface Place {
  readonly fluent: FluentId;
  readonly args: readonly ExprId[];
}

export type Effect =
  /** `x = v`, `flag` (1), `not flag` (0). */
  | { readonly kind: "set"; readonly place: Place; readonly value: Draw; readonly span: Span }
  /** `x rises by v` (sign 1) or `falls by v` (sign -1): a step, clamped to the bounds. */
  | {
      readonly kind: "shift";
      readonly place: Place;
      readonly sign: 1 | -1;
      readonly value: Draw;
      readonly span: Span;
    }
  /**
   * `p believes C`, `sure 80%`, `times 3`. `sure` sets the confidence; `times` multiplies the odds
   * (evidence); neither: certain. `negated`: believes not C.
   */
  | {
      readonly kind: "believe";
      readonly subject: ExprId;
      readonly claim: ExprId;
      readonly negated: boolean;
      readonly sure?: ExprId;
      readonly times?: ExprId;
      readonly span: Span;
    }
  /** `p forgets C`: back to what p would believe knowing nothing. */
  | {
      readonly kind: "forget";
      readonly subject: ExprId;
      readonly claim: ExprId;
      readonly span: Span;
    }
  /** `p intends DEED [by TIME]`, `not p intends DEED`. deed: a deed-valued expression. */
  | {
      readonly kind: "intend";
      readonly subject: ExprId;
      readonly deed: ExprId;
      readonly dropped: boolean;
      readonly span: Span;
    }
  /**
   * `create TYPE name "title"` and its facts; `slot` is the new entity's local inside `body`.
   * `title`: what it is called, of `World.texts`; -1 as things of its type are.
   */
  | {
      readonly kind: "create";
      readonly type: TypeId;
      readonly slot: number;
      readonly name: string;
      readonly title: number;
      readonly body: readonly Effect[];
      readonly span: Span;
    }
  | { readonly kind: "remove"; readonly entity: ExprId; readonly span: Span }
  | {
      readonly kind: "if";
      readonly condition: ExprId;
      readonly then: readonly Effect[];
      readonly else: readonly Effect[];
      readonly span: Span;
    }
  /** `with chance E`: one draw, keyed by what it is for. */
  | {
      readonly kind: "chance";
      readonly chance: ExprId;
      readonly then: readonly Effect[];
      readonly else: readonly Effect[];
      readonly span: Span;
    }
  /** Binds `slot` over the entities of `type` in birth order where `where` holds. */
  | {
      readonly kind: "every";
      readonly slot: number;
      readonly type: TypeId;
      readonly where: ExprId;
      readonly body: readonly Effect[];
      readonly span: Span;
    }
  /** Binds `slot` over the claims (or deeds) c for which the boolean fluent `place`(.., c) holds. */
  | {
      readonly kind: "every-claim";
      readonly slot: number;
      readonly place: Place;
      readonly body: readonly Effect[];
      readonly span: Span;
    }
  /** `do p.verb(args)`: the action starts now (if its needs hold), whoever would have chosen else. */
  | { readonly kind: "do"; readonly deed: ExprId; readonly span: Span }
  /** `p speaks`: cuts short what p is saying or doing now (`stop p`). */
  | { readonly kind: "stop"; readonly subject: ExprId; readonly span: Span };

/** A rate: `x rises by v per T` while a process or a lasting action holds, or `x nears v over T`. */
export type Flow =
  | {
      readonly kind: "rate";
      readonly place: Place;
      readonly sign: 1 | -1;
      readonly rate: ExprId;
      readonly span: Span;
    }
  /** Rate is (goal - x) / over, re-evaluated each quantum of x. over: seconds. */
  | {
      readonly kind: "near";
      readonly place: Place;
      readonly goal: ExprId;
      readonly over: ExprId;
      readonly span: Span;
    };

/** An entity that is there when the story begins, with its facts (`self` is local 0). */
export interface EntityDeclaration {
  /** Birth number: its index in the story's entities. */
  readonly id: EntityId;
  readonly name: string;
  /** See Declared. */
  readonly module?: string;
  /** As readers see it; the name where the author gave none. */
  readonly title: string;
  readonly type: TypeId;
  readonly facts: readonly Effect[];
  /** One of several declared together, of which a number is drawn. */
  readonly group?: EntityGroup;
  /** In the world of a run: not among those drawn. */
  readonly absent?: true;
  readonly span: Span;
}

/** `times least .. most`: as many of them are there as is drawn, the first ones. */
export interface EntityGroup {
  readonly name: string;
  /** 1-based place among them. */
  readonly place: number;
  /** Whole numbers, both included. */
  readonly least: number;
  readonly most: number;
}
