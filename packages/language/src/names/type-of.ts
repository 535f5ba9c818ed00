/**
 * The type of entities that an expression stands for, as far as names need it: whose members may
 * follow the dot. Numbers, claims and yes/no have none here; the checker types those.
 */
import type { AstNode, Reference } from "langium";
import type { Expression, Named, TypeDecl, TypeRef } from "../generated/ast.js";
import type { NameReference } from "./name-reference.js";
import { type View, viewAt } from "./view.js";

/** Computed fields whose type is being looked for: a circle has none. */
const underWay = new Set<AstNode>();

export function typeOf(expr: Expression | undefined): TypeDecl | undefined {
  switch (expr?.$type) {
    case "NameRef": {
      const named = resolved(expr.ref);
      return named?.$type === "BuiltIn" ? typeOfBuiltIn(named.name, expr) : typeOfNamed(named);
    }
    case "MemberCall":
      return typeOfNamed(resolved(expr.member));
    case "According":
      return typeOf(expr.expr);
    case "IfExpr":
      return typeOf(expr.then) ?? typeOf(expr.else);
    case "Quantified":
      return expr.quantifier === "the" ? expr.binder?.type?.ref?.ref : undefined;
    default:
      return undefined;
  }
}

/** Of what a name stands for; actions, rules and the like have none. */
export function typeOfNamed(named: Named | undefined): TypeDecl | undefined {
  switch (named?.$type) {
    case "Param":
      return typeOfRef(named.type);
    case "Field":
      return named.means ? typeOfDefinition(named, named.value) : typeOfRef(named.type);
    case "Entity":
    case "Create":
      return named.type?.ref;
    case "TypeDecl":
      return named;
    case "Option":
      return named.$container;
    default:
      return undefined;
  }
}

/** What a reference means; undefined while that is just being found out (a circle). */
export function resolved<N extends AstNode>(reference: Reference<N> | undefined): N | undefined {
  if (reference === undefined) return undefined;
  if ((reference as NameReference).isBeingFound) return undefined;
  return reference.ref;
}

function typeOfRef(ref: TypeRef | undefined): TypeDecl | undefined {
  return ref?.ref?.ref;
}

function typeOfDefinition(field: AstNode, value: Expression | undefined): TypeDecl | undefined {
  if (underWay.has(field)) return undefined;
  underWay.add(field);
  try {
    return typeOf(value);
  } finally {
    underWay.delete(field);
  }
}

/** `self`: whose block it stands in; `observer`: whoever has a mind. */
function typeOfBuiltIn(name: string, at: AstNode): TypeDecl | undefined {
  if (name === "self") return typeOfSelf(at);
  if (name === "observer") return observerType(viewAt(at));
  if (name !== "value") return undefined;
  for (let node: AstNode | undefined = at; node; node = node.$container) {
    if (node.$type === "Field") return typeOfNamed(node as unknown as Named);
  }
  return undefined;
}

export function typeOfSelf(at: AstNode): TypeDecl | undefined {
  for (let node: AstNode | undefined = at; node; node = node.$container) {
    const type = typeOfBlock(node);
    if (type !== undefined) return type;
  }
  return undefined;
}

/** The type whose members are bare names in this block. */
export function typeOfBlock(node: AstNode): TypeDecl | undefined {
  const block = node as unknown as Named | { $type: "HasDecl"; type?: { ref?: TypeDecl } };
  if (block.$type === "TypeDecl") return block;
  if (block.$type === "HasDecl" || block.$type === "Entity") return block.type?.ref;
  return undefined;
}

export function observerType(view: View): TypeDecl | undefined {
  return view.types.get("person") ?? [...view.mindedTypes][0];
}
