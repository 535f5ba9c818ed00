/**
 * What a library tells books apart by: the shape of a version 4 UUID (Twee 3 asks for one), but made
 * of the run and of all that is told, so that the same telling of the same run is the same book, and
 * the same run through other eyes another.
 */
import { Digest } from "@fabula/chronicle";
import type { FormInput } from "./form.js";

/** Lower case. */
export function identityOf(input: FormInput): string {
  const digits = halfOf(input, "first") + halfOf(input, "second");
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 3) | 8).toString(16);
  const parts = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20),
  ];
  return parts.join("-");
}

function halfOf({ hash, told, sections }: FormInput, which: string): string {
  const digest = new Digest();
  for (const text of [which, hash, told.title]) digest.text(text);
  for (const { eyes, paragraphs } of sections) {
    digest.number(eyes);
    for (const { sentences } of paragraphs) {
      digest.number(sentences.length);
      for (const { text, kind } of sentences) digest.text(`${kind} ${text}`);
    }
  }
  return digest.hex();
}
