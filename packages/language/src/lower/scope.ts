/**
 * What a bare name can mean where an expression stands: parameters and binders (nearest first),
 * then the fields of the thing whose block it is. A scope is a value: binding gives a new one, and
 * siblings reuse slots, so that equal expressions stay equal.
 */
import type { ExprId, TypeId, ValueType } from "@fabula/model";

export interface Local {
  readonly name: string;
  readonly slot: number;
  readonly type: ValueType;
}

/** Whose block it is: bare names are its fields, `self` is its name. */
export interface SelfOf {
  readonly expr: ExprId;
  readonly type: TypeId;
}

/** The action whose clauses these are: `said` and `cut` count it. */
export interface InAction {
  readonly action: number;
  readonly parameters: readonly Local[];
}

export class Scope {
  private constructor(
    private readonly locals: readonly Local[],
    /** The next free slot. */
    readonly depth: number,
    readonly self: SelfOf | undefined,
    readonly inAction: InAction | undefined,
  ) {}

  static empty(): Scope {
    return new Scope([], 0, undefined, undefined);
  }

  bind(name: string, type: ValueType): Scope {
    const local = { name, slot: this.depth, type };
    return new Scope([...this.locals, local], this.depth + 1, this.self, this.inAction);
  }

  withSelf(self: SelfOf): Scope {
    return new Scope(this.locals, this.depth, self, this.inAction);
  }

  withoutSelf(): Scope {
    return new Scope(this.locals, this.depth, undefined, this.inAction);
  }

  withAction(action: number, parameterCount: number): Scope {
    const parameters = this.locals.slice(0, parameterCount);
    return new Scope(this.locals, this.depth, this.self, { action, parameters });
  }

  /** The same names with the next free slot at `depth` or later. */
  atDepth(depth: number): Scope {
    const next = depth > this.depth ? depth : this.depth;
    return new Scope(this.locals, next, this.self, this.inAction);
  }

  find(name: string): Local | undefined {
    for (let index = this.locals.length - 1; index >= 0; index -= 1) {
      const local = this.locals[index];
      if (local?.name === name) return local;
    }
    return undefined;
  }

  /** Lowering itself makes locals like `a.hearer`. */
  get hasDotted(): boolean {
    return this.locals.some(({ name }) => name.includes("."));
  }

  get last(): Local | undefined {
    return this.locals.at(-1);
  }

  get names(): readonly string[] {
    return this.locals.map((local) => local.name);
  }
}
