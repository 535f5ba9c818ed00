/**
 * The shape of a Sabre file before names are resolved: definitions, and expressions as trees.
 * `use` is a name with arguments; whether it is a property is for `resolve` to say.
 */
import type { DiscreteArithmetic, DiscreteComparison, Span } from "@fabula/model";

export type Syntax =
  | { readonly kind: "number"; readonly value: number; readonly span: Span }
  | { readonly kind: "name"; readonly name: string; readonly span: Span }
  | {
      readonly kind: "use";
      readonly name: string;
      readonly arguments: readonly Syntax[];
      readonly span: Span;
    }
  | {
      readonly kind: "believes";
      readonly character: Syntax;
      readonly body: Syntax;
      readonly span: Span;
    }
  | { readonly kind: "and" | "or"; readonly parts: readonly Syntax[]; readonly span: Span }
  | { readonly kind: "not"; readonly body: Syntax; readonly span: Span }
  | {
      readonly kind: "if";
      readonly branches: readonly { readonly condition: Syntax; readonly then: Syntax }[];
      readonly otherwise?: Syntax;
      readonly span: Span;
    }
  | {
      readonly kind: "forall" | "exists" | "sum" | "product";
      readonly variable: string;
      readonly type: string;
      readonly typeSpan: Span;
      readonly body: Syntax;
      readonly span: Span;
    }
  | {
      readonly kind: "compare";
      readonly operator: DiscreteComparison;
      readonly left: Syntax;
      readonly right: Syntax;
      readonly span: Span;
    }
  | {
      readonly kind: "isType";
      readonly body: Syntax;
      readonly type: string;
      readonly span: Span;
    }
  | {
      readonly kind: "arithmetic";
      readonly operator: DiscreteArithmetic;
      readonly left: Syntax;
      readonly right: Syntax;
      readonly span: Span;
    }
  | {
      readonly kind: "assign";
      readonly target: Syntax;
      readonly value: Syntax;
      readonly span: Span;
    };

export type SyntaxParameter =
  | { readonly kind: "variable"; readonly name: string; readonly type: string; readonly span: Span }
  | { readonly kind: "constant"; readonly value: Syntax; readonly span: Span };

export interface SyntaxEvent {
  readonly kind: "action" | "trigger";
  readonly name: string;
  readonly parameters: readonly SyntaxParameter[];
  readonly precondition?: Syntax;
  readonly effect?: Syntax;
  readonly consenting: readonly Syntax[];
  readonly observing?: { readonly variable: string; readonly type: string; readonly body: Syntax };
  readonly span: Span;
}

export type SyntaxDefinition =
  | {
      readonly kind: "type";
      readonly name: string;
      readonly parents: readonly string[];
      span: Span;
    }
  | {
      readonly kind: "entity";
      readonly name: string;
      readonly types: readonly string[];
      span: Span;
    }
  | {
      readonly kind: "property";
      readonly name: string;
      readonly parameters: readonly SyntaxParameter[];
      readonly range: string;
      readonly span: Span;
    }
  | SyntaxEvent
  | {
      readonly kind: "utility";
      readonly character?: string;
      readonly body: Syntax;
      readonly span: Span;
    }
  | { readonly kind: "initial"; readonly body: Syntax; readonly span: Span };
