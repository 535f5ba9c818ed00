/** `fabula import sabre`: a problem of the Sabre planner as a story in Fabula's language. */
import type { Diagnostic } from "@fabula/model";
import { formatText } from "../../format/format-text.js";
import { compileStory } from "../../lower/index.js";
import { readSabre } from "../read.js";
import { CommentPlacer } from "./comments.js";
import { Unsayable } from "./names.js";
import { writeStory } from "./write-story.js";

export interface SabreImport {
  /** Formatted; it reads without an error. Absent where a diagnostic is an error. */
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Never throws for a text; what Fabula's language cannot say is an error and not left out. */
export function importSabre(text: string, source: string): SabreImport {
  const { diagnostics, problem } = readSabre(text, source);
  if (problem === undefined) return { diagnostics };
  try {
    const written = writeStory(problem, new CommentPlacer(text));
    const laid = formatText({ name: source, text: written });
    const read = compileStory(
      { name: `${source} as a story`, text: laid.text ?? written },
      () => [],
    );
    const wrong = [...laid.diagnostics, ...read.diagnostics].filter(
      ({ severity }) => severity === "error",
    );
    if (laid.text === undefined || wrong.length > 0) {
      return {
        diagnostics: [refusal(`it reads wrongly: ${wrong[0]?.message}`), ...wrong.slice(0, 3)],
      };
    }
    return { text: laid.text, diagnostics };
  } catch (error) {
    if (!(error instanceof Unsayable)) throw error;
    return { diagnostics: [refusal(error.message)] };
  }
}

function refusal(what: string): Diagnostic {
  const message = `this problem cannot be said in Fabula's language: ${what}`;
  const remedy = "seek in the file itself: fabula seek FILE";
  return { code: "FAB4140", severity: "error", message, remedy };
}
