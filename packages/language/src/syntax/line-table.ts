/** Lines by offset. */
export class LineTable {
  private readonly starts: readonly number[];

  constructor(private readonly text: string) {
    const starts = [0];
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
      starts.push(at + 1);
    }
    this.starts = starts;
  }

  /** The text of the line in which `offset` is. */
  lineAt(offset: number): string {
    const { line } = this.placeOf(offset);
    return this.text.slice(this.starts[line]!, this.starts[line + 1] ?? this.text.length);
  }

  /** Line and character from 0. */
  placeOf(offset: number): { line: number; character: number; offset: number } {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - this.starts[low]!, offset };
  }
}
