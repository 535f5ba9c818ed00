/** The colours of words in the editor. */
import { HighlightStyle, type TagStyle } from "@codemirror/language";
import { tags } from "@lezer/highlight";

const styles: readonly TagStyle[] = [
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: tags.modifier, color: "var(--accent)" },
  { tag: tags.string, color: "var(--good)" },
  { tag: tags.number, color: "var(--chosen)" },
  { tag: tags.comment, color: "var(--faint)", fontStyle: "italic" },
];

export const colours = HighlightStyle.define(styles);
