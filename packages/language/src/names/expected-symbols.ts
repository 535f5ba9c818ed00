/**
 * `dome` can be a shape and a technique. Where one side of `=` is of a type of symbols, the other
 * side means one of them.
 */
import type { Expression, Field, Named, Param, TypeDecl } from "../generated/ast.js";
import { resolved, typeOf, typeOfNamed } from "./type-of.js";

/** The type whose symbols a bare name means where it stands alone at `node`. */
export function expectedSymbols(node: Expression): TypeDecl | undefined {
  const type = expectedType(node);
  return type?.symbolic ? type : undefined;
}

/** The type of what is needed at `node`; undefined: any, or no entity and no symbol. */
export function expectedType(node: Expression): TypeDecl | undefined {
  const parent = node.$container;
  switch (parent?.$type) {
    case "Arith":
      return typeOf(parent.left === node ? parent.right : parent.left);
    case "Fact":
    case "ChangeEffect":
    case "SetChange":
      return parent.value === node ? typeOf(parent.target) : undefined;
    case "Field":
      return parent.value === node && !parent.means ? typeOfNamed(parent) : undefined;
    case "IfExpr":
      return parent.cond === node ? undefined : expectedType(parent);
    case "NameRef":
      return typeOfArgument(resolved(parent.ref), parent.args.indexOf(node));
    case "MemberCall":
      return parent.receiver === node
        ? undefined
        : typeOfArgument(resolved(parent.member), parent.args.indexOf(node));
    default:
      return undefined;
  }
}

function typeOfArgument(called: Named | undefined, index: number): TypeDecl | undefined {
  const params = (called as Field | undefined)?.params as readonly Param[] | undefined;
  return typeOfNamed(params?.[index]);
}
