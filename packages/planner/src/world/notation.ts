/**
 * How a discrete problem's `at(anna)` and `give(anna, ring, ben)` are written in Fabula's language:
 * `anna.at`, `anna.give(ring, ben)`. Works on printed text, so that everything the planner says
 * reads the same; names of things are never changed.
 */

/** `name(a, b)` in texts of the planner; names never hold brackets. */
const use = /([\p{L}_][\p{L}\p{N}_]*)\(([^()]*)\)/gu;

export interface Notation {
  /** From the planner's text to what a writer reads. */
  readonly write: (text: string) => string;
  /** From a step of a plan as a writer puts it to the planner's name of the action. */
  readonly read: (step: string) => string;
}

const values: ReadonlyMap<string, string> = new Map([
  ["True", "true"],
  ["False", "false"],
  ["?", "unknown"],
]);

/** Sabre's own: nothing is changed. */
export const plainNotation: Notation = { write: (text) => text, read: (text) => text };

/** `ownerless`: fields of the world and actions of nobody, which are written without an owner. */
export function memberNotation(ownerless: ReadonlySet<string>): Notation {
  return {
    write: (text) =>
      values.get(text) ??
      text
        .replace(use, (_, name: string, list: string) => {
          if (ownerless.has(name)) return list === "" ? name : `${name}(${list})`;
          const [owner = "", ...rest] = list.split(", ");
          if (owner === "") return name;
          return rest.length === 0 ? `${owner}.${name}` : `${owner}.${name}(${rest.join(", ")})`;
        })
        .replace(/ = True\b/g, " = true")
        .replace(/ = False\b/g, " = false")
        .replace(/ = \?/g, " = unknown")
        .replace(/ is \?/g, " is unknown")
        .replace(/ is True\b/g, " is true")
        .replace(/ is False\b/g, " is false"),
    read: (step) => {
      const plain = step.replace(/\s/g, "");
      const [, owner, name = "", list] =
        /^(?:([^.()]+)\.)?([^.()]+)(?:\(([^()]*)\))?$/u.exec(plain) ?? [];
      if (name === "") return step;
      const args = list === undefined || list === "" ? [] : list.split(",");
      const all = owner === undefined || owner === "world" ? args : [owner, ...args];
      return `${name}(${all.join(", ")})`;
    },
  };
}
