/** Answers the editor. Of the text that is written only what changed is parsed anew. */
import {
  compileSource,
  completeAt,
  Draft,
  findDeclarations,
  findModulesIn,
  findName,
  formatText,
  hoverAt,
  type LoadedSources,
  loadSources,
  renameSymbol,
  type StorySource,
} from "fabula/editor";
import type { WriterAnswer, WriterAsk, WriterName } from "./writer-protocol";

/** One text is written at a time, and no answer holds on to a tree. */
const draft = new Draft();

export function answerWriter<N extends WriterName>(name: N, ask: WriterAsk<N>): WriterAnswer<N> {
  const answers: { [M in WriterName]: (ask: WriterAsk<M>) => WriterAnswer<M> } = {
    diagnose: ({ source }) =>
      compileSource(mainOf(source), findModulesIn(source), draft).diagnostics,
    complete: ({ source, offset }) =>
      completeAt(mainOf(source), offset, findModulesIn(source), draft).slice(0, 200),
    hover: ({ source, offset }) => hoverAt(load(source), source.path, offset) ?? null,
    rename: ({ source, offset, name: wanted }) => {
      const loaded = load(source);
      const found = findName(loaded, source.path, offset);
      if (found === undefined) return { edits: [], problem: "There is no name here." };
      const { edits, problem } = renameSymbol(loaded, found.named, wanted);
      if (problem !== undefined) return { edits: [], problem: problem.message };
      const elsewhere = edits.find((edit) => edit.span.source !== source.path);
      if (elsewhere === undefined) return { edits };
      const where = elsewhere.span.source;
      return { edits: [], problem: `It is also named in ${where}: rename it there first.` };
    },
    definition: ({ source, offset }) => {
      const loaded = load(source);
      const found = findName(loaded, source.path, offset);
      const [declared] = found === undefined ? [] : findDeclarations(loaded, found.named);
      return declared === undefined ? null : { source: declared.source, start: declared.start };
    },
    format: ({ source }) => formatText(mainOf(source)),
  };
  return answers[name](ask);
}

function mainOf({ path, files }: StorySource) {
  return { name: path, text: files[path] ?? "" };
}

function load(source: StorySource): LoadedSources {
  return loadSources(mainOf(source), findModulesIn(source), draft);
}
