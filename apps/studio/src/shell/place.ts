/**
 * Where the reader is: everything that makes a link to it. Kept in the address, so that a link can
 * be shared and the browser's own back and forward work.
 */
export const viewNames = ["read", "timeline", "why", "minds", "what-if", "play", "write"] as const;
export type ViewName = (typeof viewNames)[number];

export interface Place {
  /** Path of the story's file; "" where none is open. */
  readonly story: string;
  readonly view: ViewName;
  /** Identifier of the person through whose eyes; "" nobody's. */
  readonly eyes: string;
  /** Id of the story's own telling; "" in the order it happened. */
  readonly telling: string;
  readonly seed: number;
  /** Lines as in a what-if: the branch that is looked at. */
  readonly changes: readonly string[];
  /** The occurrence looked at; -1 none. */
  readonly at: number;
  /** Whether mistaken beliefs are marked. */
  readonly marks: boolean;
  /** What is asked in the view of causes; "" nothing. */
  readonly question: string;
}

export const nowhere: Place = {
  story: "",
  view: "read",
  eyes: "",
  telling: "",
  seed: 1,
  changes: [],
  at: -1,
  marks: false,
  question: "",
};

/** From the part of an address behind `#`. What cannot be read is left out. */
export function readPlace(hash: string): Place {
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  const view = viewNames.find((name) => name === params.get("view")) ?? nowhere.view;
  return {
    story: params.get("story") ?? "",
    view,
    eyes: params.get("eyes") ?? "",
    telling: params.get("telling") ?? "",
    seed: wholeNumber(params.get("seed"), nowhere.seed),
    changes: params.getAll("change"),
    at: wholeNumber(params.get("at"), nowhere.at),
    marks: params.get("marks") === "yes",
    question: params.get("question") ?? "",
  };
}

/** The shortest address that leads to the same place. */
export function writePlace(place: Place): string {
  const params = new URLSearchParams();
  const add = (name: string, value: string, usual: string) => {
    if (value !== usual) params.append(name, value);
  };
  add("story", place.story, "");
  add("view", place.view, nowhere.view);
  add("eyes", place.eyes, "");
  add("telling", place.telling, "");
  add("seed", String(place.seed), String(nowhere.seed));
  for (const change of place.changes) params.append("change", change);
  add("at", String(place.at), "-1");
  add("marks", place.marks ? "yes" : "", "");
  add("question", place.question, "");
  return `#${params.toString()}`;
}

function wholeNumber(text: string | null, otherwise: number): number {
  const number = text !== null && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : otherwise;
}
