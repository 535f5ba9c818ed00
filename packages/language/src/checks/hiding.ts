/**
 * Names are nearest first: what a text declares hides what a module in use calls the same. That is
 * allowed, since a module can grow, and told, since the module goes on meaning its own.
 */
import type { Diagnostic } from "@fabula/model";
import type { AstNode } from "langium";
import type { File, Named, Row } from "../generated/ast.js";
import { worldType } from "../names/built-ins.js";
import { ancestryOf, fieldsOf, isSchema, type Member } from "../names/declarations.js";
import { goesOnAbout } from "../names/goes-on.js";
import { ownerOf } from "../names/level.js";
import { describeRivals, homeOf } from "../names/rivals.js";
import { type View, viewOf } from "../names/view.js";
import { spanOf } from "../span.js";
import { diagnosticsMax } from "../syntax/limits.js";

/** FAB2010 and FAB2011, of the declarations in this file and its rows; its view is set. */
export function checkHiding(file: File): readonly Diagnostic[] {
  const rows = file.items.filter((item): item is Row => item.$type === "Row");
  const view = viewOf(file);
  const found = [
    ...hiddenBy(file, view),
    ...rows.flatMap((row) => hiddenBy(row, view.within(row))),
  ];
  return found.slice(0, diagnosticsMax);
}

function hiddenBy(block: File | Row, view: View): Diagnostic[] {
  return block.items.flatMap((item) => {
    const found: Diagnostic[] = [];
    for (const declared of declaredBy(item)) {
      const hidden = hiddenFrom(declared, view);
      if (hidden !== undefined) found.push(describe(declared, hidden));
    }
    if (item.$type !== "Entity") return found;
    const before = goesOnAbout(item);
    const rival = before && view.rivalOf(before);
    return rival === undefined ? found : [describeRivals(before!, rival, spanOf(item, "name"))];
  });
}

function declaredBy(item: AstNode): readonly Named[] {
  switch (item.$type) {
    case "TypeDecl":
    case "HasDecl": {
      const block = item as Extract<File["items"][number], { $type: "TypeDecl" | "HasDecl" }>;
      const own = block.$type === "TypeDecl" ? [block, ...block.symbols] : [];
      return [...own, ...fieldsOf(block)];
    }
    case "Entity":
    case "Question":
      return [item as unknown as Named];
    default:
      return isSchema(item) ? [item] : [];
  }
}

function hiddenFrom(declared: Named, view: View): Named | undefined {
  if (!declared.name) return undefined;
  if (declared.$type === "TypeDecl") return view.typeBehind(declared.name);
  if (declared.$type === "Entity" && goesOnAbout(declared) !== undefined) return undefined;
  const owner = ownerOf(declared);
  const member = owner === undefined ? undefined : memberBehind(declared as Member, owner, view);
  if (member !== undefined || declared.$type === "Field") return member;
  return view.valueBehind(declared.name);
}

/** Of the same type, of a kind of it or of a wider one: a name is bound where it is written. */
function memberBehind(
  declared: Member,
  owner: NonNullable<ReturnType<typeof ownerOf>>,
  view: View,
): Named | undefined {
  const named = view.levels.slice(1).flatMap((level) => level.membersNamed(declared.name));
  const hidden = named.find((member) => {
    const other = ownerOf(member) ?? owner;
    return ancestryOf(other).includes(owner) || ancestryOf(owner).includes(other);
  });
  if (hidden !== undefined || owner !== worldType) return hidden;
  return view.valueBehind(declared.name);
}

function describe(declared: Named, hidden: Named): Diagnostic {
  const home = homeOf(hidden);
  const { name } = declared;
  return {
    code: "FAB2010",
    severity: "warning",
    message: `\`${name}\` hides what ${home} calls the same.`,
    span: spanOf(declared, "name"),
    notes: [{ message: "Hidden here is this one.", span: spanOf(hidden, "name") }],
    remedy:
      `What stands in ${home} goes on meaning its own \`${name}\`, not this one: ` +
      "give this one another name if one and the same is meant." +
      startOf(declared, hidden),
  };
}

/** Who gives a field of a parent a value may mean only what it starts with. */
function startOf(declared: Named, hidden: Named): string {
  if (declared.$type !== "Field" || hidden.$type !== "Field") return "";
  if (declared.means || declared.value === undefined) return "";
  const { name, type } = declared;
  const fact = type?.kind === "boolean" ? `\`${name}\` or \`not ${name}\`` : `\`${name} = ...\``;
  return ` Where it is only to start otherwise, write ${fact}.`;
}
