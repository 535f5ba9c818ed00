/**
 * Which words are keywords where. The grammar has about 150 of them, and a writer wants most for
 * names (`one`, `before`, `at`, `weight`). So a word is a keyword only where one can stand:
 * at the beginning of a line, between two values, before a value, or behind its partner.
 */

const split = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Keywords wherever they stand; only `.word` and `word:` are names. */
export const hardWords = split("and or not if then else true false unknown per");

/** Stand between a value and what follows it. */
export const infixWords = split(`believes wants learns intends forgets before after at within later
  earlier interrupted keeps weight share sure over rises falls nears means has is both when while
  between from times until to by of in for where with according includes starts fails strength
  because as since runs per and or then else`);

/** Begin a value. */
export const prefixWords = split(
  "some every no the sum most least count time always ever never why",
);

/** Of the words that begin a value, those that are keywords only before this word. */
export const prefixPartners: ReadonlyMap<string, string> = new Map([
  ["sum", "of"],
  ["most", "of"],
  ["least", "of"],
  ["count", "of"],
  ["time", "since"],
]);

/** Begin a line. */
export const headWords = split(`
  module story use unit type facts calendar process rule action feeling mind expectation
  inference reflex begins ends at question expect whatif control row pattern telling wants
  believes intends seen heard felt unnoticed mindless private prior in said unsaid asked while
  when every
  then needs takes lasts costs interrupted urge reluctance comes waits can hesitates speech
  says shows presupposes asks requests answers told if with else create remove do stop about
  evidence blames rises falls fades score means set make forbid switch add may find without
  eyes withhold show rests always ever never why not
`);

/** Of these, the ones that may be all of a line; any other word alone on its line is a name. */
export const loneWords = split("facts mindless private seen heard felt unnoticed then else");

/** Types that are no names: keywords behind a colon. */
export const typeWords = split("number quantity boolean text claim deed time");

/** `first second`: the second is a keyword behind the first, wherever that stands. */
export const pairs =
  split(`at:start at:end until:start until:end from:start from:end is:one both:ways
  by:half switch:off while:lasting may:change with:chance when:outlook outlook:changes changes:by
  can:be be:asked to:mind mind:when cut:short when:cut is:cut when:it it:fails in:steps steps:of
  keeps:back answers:telling answers:question answers:request answers:refusal rises:by falls:by
  fades:by later:by earlier:by interrupted:by seen:by heard:by felt:by unnoticed:by lasts:until
  waits:until
  interrupted:when seen:when heard:when felt:when unnoticed:when told:when told:at told:to told:again
  again:when again:at again:to ends:when
  ends:after
  one:of sum:of most:of least:of count:of because:of mind:of according:to comes:to speech:to
  time:since seen:as heard:as felt:as said:as unsaid:as asked:as half:in fails:to short:to
  start:until end:until end:to in:per short:when rests:on`);

/** What must come next for the second of a pair to be a keyword. */
export const pairFollowers: ReadonlyMap<string, string> = new Map([
  ["is:one", "of"],
  ["is:cut", "short"],
  ["when:cut", "short"],
  ["when:it", "fails"],
  ["when:outlook", "changes"],
]);

/** Keywords that end a value: an infix word may follow. */
export const operandWords = split(`true false unknown any start end short fails starts ways % later
  earlier interrupted
  number quantity boolean text claim deed time`);

/** Signs and words at a line's end that make the sentence go on. */
export const openEnds = split(", = means and or not + - * / ( .. where < > <= >= != then else if");
/** Signs and words at a deeper line's beginning that belong to the sentence above. */
export const openStarts = split("and or where + - * / = < > <= >= != ) ..");
