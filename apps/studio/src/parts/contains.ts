/** Whether a text has these words, as somebody types them: any case, and apostrophes of the keyboard. */
export function contains(text: string, typed: string): boolean {
  return text.toLowerCase().includes(typed.toLowerCase().replaceAll("'", "’"));
}
