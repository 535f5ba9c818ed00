/** Decides for one word of a sentence whether it is a keyword there. See words.ts for the why. */
import {
  hardWords,
  headWords,
  infixWords,
  loneWords,
  operandWords,
  pairFollowers,
  pairs,
  prefixPartners,
  prefixWords,
  typeWords,
} from "./words.js";

/** A neighbour in the sentence: its text, and whether it was read as a keyword or sign. */
export interface Neighbour {
  readonly image: string;
  readonly isKeyword: boolean;
  /** Ends a value: a name, a number, a text, a closing bracket. */
  readonly endsValue: boolean;
}

export interface WordPlace {
  readonly word: string;
  /** Begins a line (or follows a `then` that does). */
  readonly isHead: boolean;
  /** Second in its line, behind a plain name that begins it. */
  readonly isSecond: boolean;
  readonly previous: Neighbour | undefined;
  /** The next token's text; "" at the end of the line. */
  readonly next: string;
  readonly nextIsWord: boolean;
  /** An opening bracket follows without a space. */
  readonly isCall: boolean;
}

export function isKeywordAt(place: WordPlace): boolean {
  const { word, previous, next } = place;
  if (!place.isHead && previous?.image === ".") return false;
  if (next === ":") return false;
  if (hardWords.has(word)) return next !== "=" || word === "not";
  if (typeWords.has(word) && !(word === "time" && next === "since")) {
    return previous?.image === ":";
  }
  if (next === "." || next === "=" || place.isCall) return false;
  if (place.isHead) return isHeadKeyword(place);
  if (previous?.isKeyword && pairs.has(`${previous.image}:${word}`)) {
    const follower = pairFollowers.get(`${previous.image}:${word}`);
    return follower === undefined || follower === next;
  }
  if (word === "any") return isMatcher(place);
  if (word === "openly") return next === "" && previous?.endsValue === true;
  if (prefixWords.has(word)) return isPrefixKeyword(place);
  if (infixWords.has(word)) return isInfixKeyword(place);
  return false;
}

function isHeadKeyword(place: WordPlace): boolean {
  const { word, next } = place;
  if (next === "means" || next === "has") return false;
  if (prefixWords.has(word) && !headWords.has(word)) return isPrefixKeyword(place);
  if (!headWords.has(word)) return false;
  return next !== "" || loneWords.has(word);
}

/** `any` in the place of an argument. */
function isMatcher({ previous, next }: WordPlace): boolean {
  return (previous?.image === "(" || previous?.image === ",") && (next === ")" || next === ",");
}

function isPrefixKeyword({ word, previous, next, nextIsWord, isHead }: WordPlace): boolean {
  if (!isHead && previous?.endsValue) return false;
  const partner = prefixPartners.get(word);
  return partner === undefined ? nextIsWord || next === "(" || next === "-" : partner === next;
}

/** `person weight "W"` declares a name; `anna believes ...` says something of one. */
function isInfixKeyword({ word, previous, next, isSecond }: WordPlace): boolean {
  if (previous?.endsValue !== true) return false;
  if (!isSecond || (next !== "" && !next.startsWith('"'))) return true;
  return (
    next === "" &&
    ["later", "earlier", "interrupted", "starts", "fails", "has", "means"].includes(word)
  );
}

/** Whether a keyword or sign ends a value. */
export function endsValue(image: string): boolean {
  return image === ")" || operandWords.has(image);
}
