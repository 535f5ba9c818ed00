/** Walks over trees, each step a plain loop: every node of a text passes here at each reading. */
import type { AstNode, DefaultReference } from "langium";

/** The node and all that is in it, outer ones first, in the order of their properties. */
export function nodesUnder(root: AstNode): readonly AstNode[] {
  const found: AstNode[] = [];
  const visit = (node: AstNode): void => {
    found.push(node);
    forEachValue(node, (value) => {
      if (typeof (value as AstNode).$type === "string") visit(value as AstNode);
    });
  };
  visit(root);
  return found;
}

/** Names in it that stand for something declared. */
export function referencesOf(node: AstNode): readonly DefaultReference[] {
  const found: DefaultReference[] = [];
  forEachValue(node, (value) => {
    if (typeof (value as DefaultReference).$refText === "string") {
      found.push(value as DefaultReference);
    }
  });
  return found;
}

function forEachValue(node: AstNode, see: (value: object) => void): void {
  for (const key of Object.keys(node)) {
    if (key.startsWith("$")) continue;
    const value = (node as unknown as Record<string, unknown>)[key];
    if (Array.isArray(value)) {
      for (const each of value) if (typeof each === "object" && each !== null) see(each);
    } else if (typeof value === "object" && value !== null) see(value);
  }
}
