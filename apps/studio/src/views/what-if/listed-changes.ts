/** The what-ifs that stand in a story's text, as lines that can be tried. */

export interface ListedChange {
  readonly id: string;
  readonly title: string;
  readonly kind: "whatif" | "control";
  readonly lines: readonly string[];
}

/** Lines of each `whatif` and `control` block but its expectations. */
export function listedChanges(text: string): ListedChange[] {
  const found: ListedChange[] = [];
  let lines: string[] | undefined;
  for (const line of text.split(/\r?\n/)) {
    const head = /^(whatif|control)\s+(\S+)\s+"([^"]*)"/.exec(line);
    if (head !== null) {
      lines = [];
      const kind = head[1] === "control" ? "control" : "whatif";
      found.push({ id: head[2] ?? "", title: head[3] ?? "", kind, lines });
      continue;
    }
    if (/^\S/.test(line)) lines = undefined;
    const said = line.replace(/\s+\/\/.*$/, "").trim();
    const isOneLine = /^ {2}\S/.test(line);
    if (lines === undefined || said === "" || !isOneLine) continue;
    if (!/^(expect|may change|told)\b/.test(said)) lines.push(said);
  }
  return found.filter((one) => one.lines.length > 0);
}
