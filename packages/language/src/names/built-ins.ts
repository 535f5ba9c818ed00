/** Names that the language brings along. They stand behind every name of the author's own. */
import type { BuiltIn, TypeDecl } from "../generated/ast.js";

function builtIn(name: string): BuiltIn {
  return { $type: "BuiltIn", name };
}

function table(names: readonly string[]): ReadonlyMap<string, BuiltIn> {
  return new Map(names.map((name) => [name, builtIn(name)]));
}

/** Everywhere: the time, and functions that are the same on every machine. */
export const builtInNames = table(["now", "min", "max", "sqrt"]);
/** Members of whoever has a mind. */
export const builtInMembers = table(["sure_of", "can_tell", "outlook"]);
/** In a block of a type or an entity: whose block it is. */
export const selfName = table(["self"]);
/** Behind `seen`, `heard`, `felt`: who perceives. */
export const observerName = table(["observer"]);
/** In the clauses of an action: how often this deed was completed, or cut short. */
export const actionNames = table(["said", "cut"]);
/** In the wording of a field: what it is compared with. */
export const valueName = table(["value"]);

/** Holds the fields of the world itself, where no module declares it. */
export const worldType: TypeDecl = {
  $type: "TypeDecl",
  $container: { $type: "File", items: [] },
  name: "world",
  members: [],
  parents: [],
  symbolic: false,
  symbols: [],
};

/** All of them, in this order: in trees that are kept they are named, not copied. */
export const builtIns: readonly object[] = [
  worldType,
  worldType.$container,
  ...[builtInNames, builtInMembers, selfName, observerName, actionNames, valueName].flatMap(
    (names) => [...names.values()],
  ),
];
