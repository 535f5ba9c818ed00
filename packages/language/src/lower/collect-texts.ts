/**
 * Texts are values by their number, and numbers go into ties and hashes: those in the declarations
 * of fields are numbered first, in the order of the fields, the others as they are met.
 */
import type { PlainText } from "../generated/ast.js";
import { nodesUnder } from "../syntax/nodes.js";
import { type Context, textIndex } from "./context.js";
import type { FieldMember } from "./member.js";

const known = new WeakMap<FieldMember["node"], readonly string[]>();

export function collectTexts(context: Context): void {
  for (const { node } of context.fields) {
    let texts = known.get(node);
    if (texts === undefined) {
      texts = node.$type === "Field" ? textsIn(node) : [];
      known.set(node, texts);
    }
    for (const text of texts) textIndex(context, text);
  }
}

/** What stands behind `said as` is no value. */
function textsIn(node: FieldMember["node"]): readonly string[] {
  return nodesUnder(node)
    .filter((each): each is PlainText => each.$type === "PlainText")
    .filter((each) => (each.$container as { $type: string }).$type !== "Wording")
    .map(({ value }) => value);
}
