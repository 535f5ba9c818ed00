/** A name that means nothing here: what could have been meant, or where it is declared. */
import { textForms } from "@fabula/model";
import { type AstNode, AstUtils, type ReferenceInfo } from "langium";
import {
  type Entity,
  type Expression,
  type Fact,
  type File,
  type HasDecl,
  isFile,
  type MemberCall,
  type TypeDecl,
} from "../generated/ast.js";
import { findNearest } from "../spelling.js";
import { type Problem, problem } from "../syntax/problem.js";
import { headWords, typeWords } from "../syntax/words.js";
import {
  ancestryOf,
  fieldsOf,
  isSchema,
  type Member,
  type NameTable,
  subjectOf,
} from "./declarations.js";
import { describeExpected } from "./expected-value.js";
import { tablesFor } from "./tables.js";
import { resolved, typeOf, typeOfNamed } from "./type-of.js";
import { viewAt } from "./view.js";

/** Undefined: an error elsewhere says it already. */
export function describeUnknown(info: ReferenceInfo): Problem | undefined {
  const { container, property, reference } = info;
  const word = reference.$refText;
  const tables = tablesFor(info);
  const names = new Set(tables.flatMap((table) => [...table.keys()]));
  const isMoment = container.$container?.$type === "When";
  const near = findNearest(word, isMoment ? ["start", "end", ...names] : names);
  const guess = near === undefined ? undefined : `Did you mean \`${near}\`?`;
  if (property === "member") return describeMember(container as unknown as MemberCall, word, guess);
  if (property === "parents" || property === "type" || container.$type === "TypeRef") {
    const home = findHome(info, (file) => declaresType(file, word));
    const remedy = home ?? guessType(container, word, names) ?? declareType(container);
    return problem("FAB2002", `There is no type \`${word}\` here.`, remedy);
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
  if (isInUnknown(container)) return undefined;
  const home = findHome(info, (file) => declaresName(file, word));
  const expected = property === "ref" ? describeExpected(container, word) : undefined;
  const owned = property === "ref" ? describeOwned(container, word, tables) : undefined;
  const remedy =
    home ??
    describeAny(container, word) ??
    expected ??
    owned ??
    guess ??
    describeNewField(container, word) ??
    "Declare it, or add a `use` for the module that does.";
  return problem("FAB2001", `Nothing here is called \`${word}\`.`, remedy);
}

/** In a block that says what things of a type have, and what they start with. */
function describeNewField(at: AstNode, word: string): string | undefined {
  const fact = at.$container;
  const block = fact?.$container?.$type;
  const isTarget = fact?.$type === "Fact" && (fact as Fact).target === (at as AstNode);
  if (!isTarget || (block !== "HasDecl" && block !== "TypeDecl")) return undefined;
  return `To declare a field, say what kind it is of: \`${word}: boolean\`.`;
}

/** `any.burn(letter)`: whoever does it is left out. */
function describeAny(at: AstNode, word: string): string | undefined {
  const call = at.$container;
  if (word !== "any" || call?.$type !== "MemberCall") return undefined;
  const { member } = call as MemberCall;
  return `Of whoever does it, write the act alone: \`${member.$refText}\`.`;
}

function declareType(at: AstNode): string {
  const { items } = AstUtils.getContainerOfType(at, isFile) ?? { items: [] };
  return items.some((item) => item.$type === "Use")
    ? "Declare it with `type`, or add a `use` for the module that does."
    : "Declare it with `type`, or write `use std` under the first line, which brings some.";
}

/** Behind a colon a kind of value may be meant, at the margin a line of another kind. */
function guessType(at: AstNode, word: string, names: ReadonlySet<string>): string | undefined {
  const others = at.$type === "TypeRef" ? typeWords : at.$type === "Entity" ? headWords : [];
  const known = [...names, ...others];
  const near = findNearest(word, known);
  const begun = word.length < 3 ? undefined : known.find((name) => name.startsWith(word));
  const meant = near ?? begun;
  if (meant !== undefined) return `Did you mean \`${meant}\`?`;
  const isValue = at.$type === "TypeRef" && at.$container?.$type === "Field";
  return isValue ? `Values are ${[...typeWords].join(", ")}, or of a declared type.` : undefined;
}

/** The name of what somebody or something has: whose it is stands before the dot. */
function describeOwned(
  at: AstNode,
  word: string,
  tables: readonly NameTable[],
): string | undefined {
  const members = viewAt(at).levels.flatMap((level) => level.membersNamed(word));
  const owners = members.flatMap((member) => ownerOf(member) ?? []);
  const [owner] = owners;
  if (owner === undefined) return undefined;
  for (const [name, named] of tables.flatMap((table) => [...table])) {
    const type = named.$type === "Param" ? typeOfNamed(named) : undefined;
    if (type === undefined || !ancestryOf(type).some((each) => owners.includes(each))) continue;
    return `Did you mean \`${name}.${word}\`?`;
  }
  return `${withArticle(owner.name)} has it: whose it is stands before a dot, \`x.${word}\`.`;
}

function ownerOf(member: Member): TypeDecl | undefined {
  if (isSchema(member)) return subjectOf(member);
  const block = member.$container;
  if (block.$type === "HasDecl") return block.type?.ref;
  return block.$type === "TypeDecl" ? block : undefined;
}

/** A line of something whose type, or one of whose type's parents, is not known: no field of it is. */
function isInUnknown(at: AstNode): boolean {
  for (let node: AstNode | undefined = at; node !== undefined; node = node.$container) {
    if (node.$type !== "Entity" && node.$type !== "HasDecl") continue;
    return !isWhole((node as Entity | HasDecl).type?.ref);
  }
  return false;
}

/** Every type that it is a kind of is known. */
function isWhole(type: TypeDecl | undefined): boolean {
  if (type === undefined) return false;
  return ancestryOf(type).every((each) => each.parents.every((parent) => parent.ref !== undefined));
}

function describeMember(call: MemberCall, word: string, guess?: string): Problem | undefined {
  if (!isKnown(call.receiver)) return undefined;
  const type = typeOf(call.receiver);
  if (type === undefined) return isOfUnknown(call) ? undefined : describeNoMembers(call, word);
  if (!isWhole(type)) return undefined;
  const home = findMemberHome(call, type, word);
  const form = isInText(call) ? findNearest(word, textForms) : undefined;
  const meant = form === undefined ? guess : `Did you mean \`${form}\`?`;
  const remedy = home ?? meant ?? `Declare it in \`${type.name} has\`.`;
  return problem("FAB2003", `${withArticle(type.name)} has no \`${word}\`.`, remedy);
}

/** In a hole of a told text, alone: a form of what is told of, like `their`. */
function isInText({ $container }: MemberCall): boolean {
  return $container.$type === "Template";
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

/** What stands before the dot is of a type that is not known. */
function isOfUnknown({ receiver }: MemberCall): boolean {
  const named = namedOf(receiver);
  if (named?.$type === "Entity" || named?.$type === "Create") return named.type?.ref === undefined;
  if (named?.$type !== "Param" && named?.$type !== "Field") return false;
  const type = named.type?.ref;
  return type !== undefined && type.ref === undefined;
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
