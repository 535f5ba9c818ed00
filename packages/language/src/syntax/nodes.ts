/** Walks over trees, each step a plain loop: every node of a text passes here at each reading. */
import type { AstNode } from "langium";
import { NameReference } from "../names/name-reference.js";

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
export function referencesOf(node: AstNode): readonly NameReference[] {
  const found: NameReference[] = [];
  forEachValue(node, (value) => {
    if (typeof (value as NameReference).$refText === "string") {
      found.push(value as NameReference);
    }
  });
  return found;
}

/**
 * Tells all that is in the node what it is in, as Langium's parser does, and puts it into `nodes`,
 * its names into `references`, in the order of the other functions here.
 */
export function linkContent(node: AstNode, nodes: AstNode[], references: NameReference[]): void {
  const place = (child: AstNode, property: string, index?: number): void => {
    const made = child as { -readonly [K in keyof AstNode]: AstNode[K] };
    made.$container = node;
    made.$containerProperty = property;
    if (index !== undefined) made.$containerIndex = index;
    inside.push(child);
  };
  const inside: AstNode[] = [];
  for (const key in node) {
    if (key.charCodeAt(0) === dollar) continue;
    const value = (node as unknown as Record<string, unknown>)[key];
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) {
        const each: unknown = value[index];
        if (isNode(each)) place(each, key, index);
        else if (each instanceof NameReference) references.push(each);
      }
    } else if (isNode(value)) place(value, key);
    else if (value instanceof NameReference) references.push(value);
  }
  for (const child of inside) {
    nodes.push(child);
    linkContent(child, nodes, references);
  }
}

const dollar = 36;

function isNode(value: unknown): value is AstNode {
  return typeof (value as AstNode | undefined)?.$type === "string";
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
