/** Texts as the language takes them: it never looks for files itself. */

export interface SourceText {
  /** How diagnostics name it: a path as a person would say it. */
  readonly name: string;
  readonly text: string;
}

/** The texts of a module (`std.body`: one) or a whole world (`std`: all); [] where there is none. */
export type FindModules = (name: string) => readonly SourceText[];
