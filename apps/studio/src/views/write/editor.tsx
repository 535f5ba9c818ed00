/** The editor: CodeMirror with the language behind it. */
import { autocompletion, type CompletionContext } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  hoverTooltip,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import type { Diagnostic, StorySource } from "fabula";
import { useEffect, useImperativeHandle, useLayoutEffect, useRef } from "react";
import type { WriterClient } from "../../engine/writer-client";
import { fabulaMode } from "./fabula-mode";

export interface EditorHandle {
  readonly view: EditorView | undefined;
  goTo(start: number): void;
}

interface EditorProps {
  readonly path: string;
  readonly text: string;
  readonly readOnly: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly writer: WriterClient;
  /** The source with this text of the main file. */
  readonly sourceOf: (text: string) => StorySource;
  readonly onChange: (text: string) => void;
  readonly ref: React.Ref<EditorHandle>;
}

export function Editor(props: EditorProps) {
  const { path, text, readOnly, diagnostics, ref } = props;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const latest = useRef(props);
  latest.current = props;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another file is another editor
  useEffect(() => {
    if (place.current === null) return;
    const created = new EditorView({
      parent: place.current,
      state: EditorState.create({ doc: latest.current.text, extensions: extensions(latest) }),
    });
    view.current = created;
    return () => {
      created.destroy();
      view.current = undefined;
    };
  }, [path]);

  useEffect(() => {
    const { current } = view;
    if (current === undefined || current.state.doc.toString() === text) return;
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: text } });
  }, [text]);

  useEffect(() => {
    view.current?.dispatch({ effects: locked.reconfigure(EditorState.readOnly.of(readOnly)) });
  }, [readOnly]);

  // Marks are painted with the list of them, not a picture later.
  useLayoutEffect(() => {
    const { current } = view;
    if (current === undefined) return;
    const { length } = current.state.doc;
    const own = diagnostics.filter((one) => one.span === undefined || one.span.source === path);
    const shown = own.map((one) => ({
      from: Math.min(length, one.span?.start ?? 0),
      to: Math.min(length, Math.max(one.span?.end ?? 0, (one.span?.start ?? 0) + 1)),
      severity: one.severity === "error" ? ("error" as const) : ("warning" as const),
      message: `${one.code}: ${one.message}${one.remedy === undefined ? "" : `\nTry: ${one.remedy}`}`,
    }));
    current.dispatch(setDiagnostics(current.state, shown));
  }, [diagnostics, path]);

  useImperativeHandle(ref, () => ({
    get view() {
      return view.current;
    },
    goTo(start: number) {
      const { current } = view;
      if (current === undefined) return;
      const anchor = Math.min(start, current.state.doc.length);
      current.dispatch({
        selection: { anchor },
        effects: EditorView.scrollIntoView(anchor, { y: "center" }),
      });
      current.focus();
    },
  }));

  return <div ref={place} className="editor" />;
}

const locked = new Compartment();

function extensions(latest: React.RefObject<EditorProps>) {
  const current = () => latest.current;
  return [
    lineNumbers(),
    history(),
    drawSelection(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    search(),
    lintGutter(),
    indentUnit.of("  "),
    EditorState.tabSize.of(2),
    EditorView.lineWrapping,
    locked.of(EditorState.readOnly.of(current().readOnly)),
    EditorView.contentAttributes.of({ "aria-label": "Text of the story", tabindex: "0" }),
    fabulaMode,
    autocompletion({ override: [(context) => completions(context, current())] }),
    hoverTooltip((view, at) => hoverAt(view, at, current()), { hoverTime: 400 }),
    keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...lintKeymap, indentWithTab]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) current().onChange(update.state.doc.toString());
    }),
  ];
}

async function completions(context: CompletionContext, { writer, sourceOf }: EditorProps) {
  const word = context.matchBefore(/[\p{L}\p{N}_]*/u);
  const afterDot = context.matchBefore(/\.[\p{L}\p{N}_]*/u) !== null;
  if (word === null || (word.from === word.to && !context.explicit && !afterDot)) return null;
  const source = sourceOf(context.state.doc.toString());
  const found = await writer.ask("complete", { source, offset: context.pos });
  if (context.aborted || found.length === 0) return null;
  return {
    from: word.from,
    options: found.map(({ label, kind, detail }) => ({
      label,
      detail: detail === "" ? kind : detail,
      type: kind === "word" ? "keyword" : kind === "Action" ? "function" : "variable",
    })),
    validFor: /^[\p{L}\p{N}_]*$/u,
  };
}

async function hoverAt(view: EditorView, at: number, { writer, sourceOf }: EditorProps) {
  const source = sourceOf(view.state.doc.toString());
  const hover = await writer.ask("hover", { source, offset: at });
  if (hover === null) return null;
  return {
    pos: hover.span.start,
    end: hover.span.end,
    create: () => {
      const dom = document.createElement("div");
      dom.className = "hover";
      const code = document.createElement("code");
      code.textContent = hover.declaration;
      dom.append(code);
      if (hover.comment !== "") {
        const comment = document.createElement("p");
        comment.textContent = hover.comment;
        dom.append(comment);
      }
      const where = document.createElement("p");
      where.className = "where";
      where.textContent = `${hover.declaredAt.source}, line ${hover.declaredAt.line}`;
      dom.append(where);
      return { dom };
    },
  };
}
