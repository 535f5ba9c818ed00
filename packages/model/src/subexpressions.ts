/** The one walk over expressions: what is directly inside a node. */
import type { EventPattern, ExprNode } from "./expression.js";
import type { ExprId } from "./types.js";

/** All direct subexpressions, in the order written. */
export function childrenOf(node: ExprNode): readonly ExprId[] {
  switch (node.op) {
    case "constant":
    case "entity":
    case "local":
    case "now":
    case "unknown":
      return [];
    case "quantified":
      return [node.where, node.body];
    case "count-of":
    case "time-since":
      return patternChildren(node.event);
    default:
      return node.args;
  }
}

function patternChildren(event: EventPattern): readonly ExprId[] {
  switch (event.kind) {
    case "action":
    case "rule":
      return event.args;
    case "becomes":
      return [event.condition];
    case "learns":
      return [event.subject, event.condition];
  }
}
