/** Comments of a Sabre file, each to stand above what followed it there. */
import type { Span } from "@fabula/model";

interface Comment {
  readonly start: number;
  readonly lines: readonly string[];
}

export class CommentPlacer {
  private readonly open: Comment[];
  private readonly first: number;

  constructor(text: string) {
    this.open = [...text.matchAll(/\/\/([^\n]*)|\/\*([\s\S]*?)\*\//g)].map((match) => ({
      start: match.index,
      lines: (match[1] ?? match[2] ?? "")
        .split("\n")
        .map((line) => line.replace(/^[\s*]+/, "").trimEnd())
        .filter((line) => line !== "")
        .map((line) => `// ${line}`),
    }));
    const code = text.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (all) => " ".repeat(all.length));
    this.first = code.search(/\S/);
  }

  /** Above everything else. */
  header(): string[] {
    return this.take((start) => this.first < 0 || start < this.first);
  }

  /** What has not been placed and stands before `span`. */
  before(span: Span | undefined): string[] {
    return span === undefined ? [] : this.take((start) => start < span.start);
  }

  rest(): string[] {
    return this.take(() => true);
  }

  private take(wanted: (start: number) => boolean): string[] {
    const taken = this.open.filter(({ start }) => wanted(start));
    for (const comment of taken) this.open.splice(this.open.indexOf(comment), 1);
    return taken.flatMap(({ lines }) => lines);
  }
}
