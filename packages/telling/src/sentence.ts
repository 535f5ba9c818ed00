/** Typography of finished text: capitals, spaces, quotation marks. Knows no world and no grammar. */

/** `he said 'come.'` -> `He said “come.”`; one space between words; a capital at each start. */
export function finishText(raw: string): string {
  const spaced = raw.replace(/[ \t\n]+/g, " ").trim();
  // A question or a break at the end of what was put in is mark enough.
  return capitalised(withCurlyQuotes(spaced.replace(/([?!…])\.$/u, "$1")));
}

/**
 * Single quotes around words that are said become “ ”. One opens at the start or after a space and
 * before a letter; one closes after a sentence mark. All others are apostrophes.
 */
export function withCurlyQuotes(text: string): string {
  let open = false;
  let out = "";
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] as string;
    const before = text[i - 1] ?? " ";
    const after = text[i + 1] ?? " ";
    if (char !== "'") out += char;
    else if (!open && opens(before, after)) {
      open = true;
      out += "“";
    } else if (open && /[.,!?…—-]/.test(before)) {
      open = false;
      out += "”";
    } else out += "’";
  }
  return out;
}

/** Of a name, which no quotation begins or ends in. */
export function withApostrophes(name: string): string {
  return name.replaceAll("'", "’");
}

/** Whether a quotation opens between these two characters. */
export function opens(before: string, after: string): boolean {
  return /[\s(—“]/.test(before) && !/[\s.,;]/.test(after);
}

/** A capital at the start of every sentence and of the first words of it that are said. */
export function capitalised(text: string): string {
  let out = "";
  let wanted = true;
  for (const { char, begins } of scanned(text)) {
    wanted ||= begins;
    out += wanted ? char.toUpperCase() : char;
    if (/[\p{L}\p{N}]/u.test(char)) wanted = false;
  }
  return out;
}

/** Sentences of a text, each with its mark; what is said stays with its sentence. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let from = 0;
  for (const { index, ends } of scanned(text)) {
    if (!ends) continue;
    sentences.push(text.slice(from, index + 1).trim());
    from = index + 1;
  }
  return [...sentences, text.slice(from).trim()].filter((sentence) => sentence !== "");
}

interface Scanned {
  readonly index: number;
  readonly char: string;
  /** A capital belongs to the next letter. */
  readonly begins: boolean;
  /** A sentence ends with this character. */
  readonly ends: boolean;
}

/**
 * A sentence ends at its mark outside of what is said, or at a full stop that ends what is said:
 * `“Where?” she asks.` is one. Within what is said, sentences begin but do not end.
 */
function* scanned(text: string): Generator<Scanned> {
  let said = false;
  let quotes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index] as string;
    const before = text[index - 1] ?? "";
    const isLast = text[index + 1] === undefined || text[index + 1] === " ";
    let ends = false;
    let begins = false;
    if (char === "“") {
      said = true;
      quotes += 1;
      begins = quotes === 1;
    } else if (char === "”") {
      said = false;
      ends = isLast && before === ".";
    } else if (isLast && (said ? /[.!?]/ : /[.!?…]/).test(char)) {
      ends = !said;
      begins = said;
    }
    if (ends) quotes = 0;
    yield { index, char, begins: begins || ends, ends };
  }
}

/** `["a", "b", "c"]` -> `a, b and c` */
export function listed(words: readonly string[], joint = "and"): string {
  if (words.length <= 1) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} ${joint} ${words[words.length - 1]}`;
}

/** `a` or `an`, by the first letter as it is said in most words. */
export function withArticle(noun: string): string {
  const bare = noun.replace(/^(the|a|an) /, "");
  return /^[aeiou]/i.test(bare) && !/^(uni|use|one|eu)/i.test(bare) ? `an ${bare}` : `a ${bare}`;
}

const small = (
  "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen " +
  "fifteen sixteen seventeen eighteen nineteen twenty"
).split(" ");

/** Whole numbers to twenty as words; others in digits. */
export function numberInWords(value: number): string {
  return small[value] ?? String(Math.round(value * 100) / 100);
}

/** 1 -> `first`, 21 -> `21st`. */
export function ordinalOf(value: number): string {
  const words = "first second third fourth fifth sixth seventh eighth ninth tenth".split(" ");
  const word = words[value - 1];
  if (word !== undefined) return word;
  const teen = Math.floor(value / 10) % 10 === 1;
  const ending = teen ? "th" : (["th", "st", "nd", "rd"][value % 10] ?? "th");
  return `${value}${ending}`;
}

/** A length of time in the words of a story: `a minute`, `three days`. */
export function spanInWords(milliseconds: number): string {
  const steps: readonly (readonly [number, string])[] = [
    [365 * 86_400_000, "year"],
    [30 * 86_400_000, "month"],
    [86_400_000, "day"],
    [3_600_000, "hour"],
    [60_000, "minute"],
    [1000, "second"],
  ];
  for (const [length, name] of steps) {
    const count = Math.round(milliseconds / length);
    if (milliseconds < length && name !== "second") continue;
    if (count <= 1) return name === "hour" ? "an hour" : `a ${name}`;
    return `${numberInWords(count)} ${name}s`;
  }
  return "a moment";
}
