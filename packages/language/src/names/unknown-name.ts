/** A name that means nothing here: what could have been meant, or where it is declared. */
import type { ReferenceInfo } from "langium";
import type { Expression, File, MemberCall, TypeDecl } from "../generated/ast.js";
import { findNearest } from "../spelling.js";
import { type Problem, problem } from "../syntax/problem.js";
import { ancestryOf, fieldsOf, isSchema, subjectOf } from "./declarations.js";
import { describeExpected } from "./expected-value.js";
import { tablesFor } from "./tables.js";
import { resolved, typeOf } from "./type-of.js";
import { viewAt } from "./view.js";

/** Undefined: an error elsewhere says it already. */
export function describeUnknown(info: ReferenceInfo): Problem | undefined {
  const { container, property, reference } = info;
  const word = reference.$refText;
  const tables = tablesFor(info);
  const names = new Set(tables.flatMap((table) => [...table.keys()]));
  const near = findNearest(word, names);
  const guess = near === undefined ? undefined : `Did you mean \`${near}\`?`;
  if (property === "member") return describeMember(container as unknown as MemberCall, word, guess);
  if (property === "parents" || property === "type" || container.$type === "TypeRef") {
    const home = findHome(info, (file) => declaresType(file, word));
    return problem("FAB2002", `There is no type \`${word}\` here.`, home ?? guess ?? declareType);
  }
  if (property === "consent" || property === "hearer") {
    const message = `The action has no \`${word}\` among those it names.`;
    return problem("FAB2007", message, guess ?? "Name one of its parameters.");
  }
  if (property === "mechanism") {
    const home = findHome(info, (file) => declaresMember(file, word));
    const message = `Nothing that could be switched off is called \`${word}\`.`;
    return problem("FAB2001", message, home ?? guess ?? "Name a rule, process or definition.");
  }
  const home = findHome(info, (file) => declaresName(file, word));
  const expected = property === "ref" ? describeExpected(container, word) : undefined;
  const remedy =
    home ?? expected ?? guess ?? "Declare it, or add a `use` for the module that does.";
  return problem("FAB2001", `Nothing here is called \`${word}\`.`, remedy);
}

const declareType = "Declare it with `type`, or add a `use` for the module that does.";

function describeMember(call: MemberCall, word: string, guess?: string): Problem | undefined {
  if (!isKnown(call.receiver)) return undefined;
  const type = typeOf(call.receiver);
  if (type === undefined) return describeNoMembers(call, word);
  const home = findMemberHome(call, type, word);
  const remedy = home ?? guess ?? `Declare it in \`${type.name} has\`.`;
  return problem("FAB2003", `${withArticle(type.name)} has no \`${word}\`.`, remedy);
}

function describeNoMembers(call: MemberCall, word: string): Problem {
  const text = (call.receiver?.$cstNode?.text ?? "This").replace(/\s+/g, " ");
  const named = namedOf(call.receiver);
  if (named?.$type === "Field" && named.means && isOpenEnded(named.value)) {
    const message = `What \`${text}\` is cannot be told: it is computed from itself.`;
    return problem("FAB2006", message, "Take one of the definitions out of the circle.");
  }
  const message = `\`${text}\` is no thing or person: there is no \`${word}\` of it.`;
  const remedy = "See what stands before the dot: only things and persons have members.";
  return problem("FAB2008", message, remedy);
}

/** The receiver's own names are all known: what is wrong is the member. */
function isKnown(receiver: Expression | undefined): boolean {
  if (receiver === undefined) return false;
  if (receiver.$type === "NameRef") return resolved(receiver.ref) !== undefined;
  if (receiver.$type !== "MemberCall") return true;
  return resolved(receiver.member) !== undefined;
}

function namedOf(receiver: Expression | undefined) {
  if (receiver?.$type === "NameRef") return resolved(receiver.ref);
  return receiver?.$type === "MemberCall" ? resolved(receiver.member) : undefined;
}

function isOpenEnded(value: Expression | undefined): boolean {
  return value?.$type === "NameRef" || value?.$type === "MemberCall" || value?.$type === "IfExpr";
}

/** A module of the same story that declares it but is not in use here. */
function findHome(info: ReferenceInfo, declares: (file: File) => boolean): string | undefined {
  const file = viewAt(info.container).unseen.find(
    (unseen) => unseen.header?.name && declares(unseen),
  );
  return file && `It is declared in ${file.header!.name}: add \`use ${file.header!.name}\`.`;
}

function findMemberHome(call: MemberCall, type: TypeDecl, word: string): string | undefined {
  const family = new Set(ancestryOf(type));
  return findHome({ container: call } as unknown as ReferenceInfo, (file) =>
    file.items.some((item) => {
      if (isSchema(item)) return item.name === word && family.has(subjectOf(item)!);
      if (item.$type !== "HasDecl" || !family.has(item.type?.ref as TypeDecl)) return false;
      return fieldsOf(item).some((field) => field.name === word);
    }),
  );
}

function declaresType(file: File, word: string): boolean {
  return file.items.some((item) => item.$type === "TypeDecl" && item.name === word);
}

function declaresMember(file: File, word: string): boolean {
  return file.items.some((item) => {
    if (isSchema(item)) return item.name === word;
    if (item.$type !== "TypeDecl" && item.$type !== "HasDecl") return false;
    return fieldsOf(item).some((field) => field.name === word);
  });
}

function declaresName(file: File, word: string): boolean {
  return file.items.some((item) => {
    if (item.$type === "TypeDecl") {
      return item.name === word || item.symbols.some((option) => option.name === word);
    }
    return item.$type === "Entity" && item.name === word;
  });
}

function withArticle(name: string): string {
  return `${/^[aeiou]/i.test(name) ? "An" : "A"} ${name}`;
}
