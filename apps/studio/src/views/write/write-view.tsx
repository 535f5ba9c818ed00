/** Write: the text, what is wrong with it as one types, and what it plays to. */
import type { Diagnostic, StorySource } from "fabula";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { WriterClient } from "../../engine/writer-client";
import { shelf } from "../../files/file-store";
import { bundledFiles, filesFor } from "../../files/library";
import { useFiles } from "../../files/use-files";
import { nowhere, type Place } from "../../shell/place";
import type { Go } from "../../shell/use-place";
import { Editor, type EditorHandle } from "./editor";
import { FileTools } from "./file-tools";
import { SavedSign } from "./saved-sign";

/** Milliseconds of quiet before the story is played anew. */
const playMs = 600;

export function WriteView({
  place,
  go,
  onPlay,
}: {
  readonly place: Place;
  readonly go: Go;
  /** The text is worth playing. */
  readonly onPlay: (path: string, text: string) => void;
}) {
  const { store, files } = useFiles();
  const path = place.story;
  const text = files[path] ?? "";
  const own = path.startsWith(shelf);
  const writer = useWriter();
  const editor = useRef<EditorHandle>(null);
  const [diagnostics, setDiagnostics] = useState<readonly Diagnostic[]>([]);
  /** Of which text those are said. */
  const [said, setSaid] = useState<string | undefined>();
  const [problem, setProblem] = useState("");
  const others = useMemo(() => filesFor(path, files), [path, files]);
  const sourceOf = (now: string): StorySource => ({ path, files: { ...others, [path]: now } });

  // Asked for before the page is painted: the worker reads while the browser draws.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew when the text changes
  useLayoutEffect(() => {
    if (writer === undefined) return;
    let over = false;
    void writer.askNewest("diagnose", { source: sourceOf(text) }).then((found) => {
      if (over || found === undefined) return;
      setDiagnostics(found);
      setSaid(text);
    });
    return () => {
      over = true;
    };
  }, [writer, text, path]);

  const broken = diagnostics.some((one) => one.severity === "error");
  useEffect(() => {
    if (broken) return;
    const timer = setTimeout(() => onPlay(path, text), playMs);
    return () => clearTimeout(timer);
  }, [broken, path, text, onPlay]);

  const copy = () => {
    const name = path.split("/").at(-1) ?? "story.fabula";
    let target = `${shelf}${name}`;
    for (let count = 2; target in files; count += 1) {
      target = `${shelf}${name.replace(".fabula", `-${count}.fabula`)}`;
    }
    store.edit(target, text);
    go({ ...nowhere, story: target, view: "write" });
  };
  const change = (next: string) => {
    if (own) store.edit(path, next);
  };
  const typed = () => editor.current?.view?.state.doc.toString() ?? text;
  const format = async () => {
    const before = typed();
    const formatted = await writer?.ask("format", { source: sourceOf(before) });
    if (typed() !== before) return;
    if (formatted?.text !== undefined) change(formatted.text);
    else setProblem("The text cannot be formatted before its errors are mended.");
  };
  const rename = async (name: string) => {
    const offset = editor.current?.view?.state.selection.main.head ?? 0;
    const before = typed();
    const answer = await writer?.ask("rename", { source: sourceOf(before), offset, name });
    if (answer === undefined || typed() !== before) return;
    setProblem(answer.problem ?? "");
    let next = before;
    for (const edit of [...answer.edits].sort((a, b) => b.span.start - a.span.start)) {
      next = next.slice(0, edit.span.start) + edit.text + next.slice(edit.span.end);
    }
    change(next);
  };
  const toDefinition = async () => {
    const offset = editor.current?.view?.state.selection.main.head ?? 0;
    const found = await writer?.ask("definition", { source: sourceOf(text), offset });
    if (!found) setProblem("There is no name under the cursor.");
    else if (found.source === path) editor.current?.goTo(found.start);
    else go({ ...nowhere, story: found.source, view: "write" });
  };

  return (
    <div className="writing">
      <div className="writing-tools">
        <strong>{path}</strong>
        {own ? <SavedSign path={path} /> : <span className="note-line">comes with Fabula</span>}
        {!own && (
          <button type="button" className="primary" onClick={copy}>
            Write a copy of your own
          </button>
        )}
        {own && (
          <>
            <button type="button" onClick={format}>
              Format
            </button>
            <Rename rename={rename} />
          </>
        )}
        <button type="button" onClick={toDefinition}>
          Where is it declared?
        </button>
        <FileTools
          path={path}
          text={text}
          insert={(snippet) => insertAt(editor.current, snippet)}
        />
      </div>
      {problem !== "" && (
        <p className="failed" role="alert">
          {problem}{" "}
          <button type="button" className="quiet" onClick={() => setProblem("")}>
            Close
          </button>
        </p>
      )}
      {writer && (
        <Editor
          ref={editor}
          path={path}
          text={text}
          readOnly={!own}
          diagnostics={diagnostics}
          writer={writer}
          sourceOf={sourceOf}
          onChange={change}
        />
      )}
      <Problems
        diagnostics={diagnostics}
        isRead={said === text}
        path={path}
        goTo={(start) => editor.current?.goTo(start)}
      />
      {path in bundledFiles && own && <p>A text of this name also comes with Fabula.</p>}
    </div>
  );
}

function insertAt(editor: EditorHandle | null, snippet: string): void {
  const view = editor?.view;
  if (view === undefined || view.state.readOnly) return;
  const line = view.state.doc.lineAt(view.state.selection.main.head);
  view.dispatch({ changes: { from: line.to, insert: `\n\n${snippet}` } });
  view.focus();
}

function Rename({ rename }: { readonly rename: (name: string) => void }) {
  const [name, setName] = useState("");
  return (
    <form
      className="inline-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") rename(name.trim());
        setName("");
      }}
    >
      <input
        type="text"
        value={name}
        aria-label="New name for the name under the cursor"
        placeholder="new name"
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit">Rename</button>
    </form>
  );
}

function Problems({
  diagnostics,
  isRead,
  path,
  goTo,
}: {
  readonly diagnostics: readonly Diagnostic[];
  /** Whether they are of the text as it is now. */
  readonly isRead: boolean;
  readonly path: string;
  readonly goTo: (start: number) => void;
}) {
  if (diagnostics.length === 0) {
    const words = isRead ? "Nothing is wrong with the text." : "Reading the text …";
    return <p className="note-line">{words}</p>;
  }
  return (
    <section className="problems" aria-label="What is wrong">
      <h2>
        {diagnostics.length === 1 ? "One thing to mend" : `${diagnostics.length} things to mend`}
      </h2>
      {diagnostics.some((one) => one.severity === "error") && (
        <p className="note-line">Until then, what it plays to is of the text as it was before.</p>
      )}
      <ul>
        {diagnostics.slice(0, 50).map((one) => (
          <li key={`${one.code} ${one.span?.source} ${one.span?.start} ${one.message}`}>
            <button
              type="button"
              className="link"
              disabled={one.span !== undefined && one.span.source !== path}
              onClick={() => goTo(one.span?.start ?? 0)}
            >
              <span className="clock">
                {one.span?.source === path ? `line ${one.span.line}` : one.span?.source}
              </span>{" "}
              {one.message}
            </button>
            {one.remedy && <span className="remedy"> Try: {one.remedy}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function useWriter(): WriterClient | undefined {
  const [writer, setWriter] = useState<WriterClient | undefined>();
  useEffect(() => {
    const worker = new Worker(new URL("../../engine/writer-worker.ts", import.meta.url), {
      type: "module",
    });
    const created = new WriterClient(worker);
    setWriter(created);
    return () => created.close();
  }, []);
  return writer;
}
