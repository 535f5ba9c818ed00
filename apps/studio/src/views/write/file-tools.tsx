/** Files in and out, versions that were, pieces to insert. */
import { useState } from "react";
import { shelf } from "../../files/file-store";
import { useFiles } from "../../files/use-files";
import { exportText, exportWorkspace, importFiles } from "./import-export";
import { snippets } from "./snippets";

export function FileTools({
  path,
  text,
  insert,
}: {
  readonly path: string;
  readonly text: string;
  readonly insert: (snippet: string) => void;
}) {
  const { store, state } = useFiles();
  const [said, setSaid] = useState("");
  const own = path.startsWith(shelf);
  return (
    <>
      {own && (
        <select
          aria-label="Insert"
          value=""
          onChange={(event) => {
            const chosen = snippets.find((one) => one.name === event.target.value);
            if (chosen !== undefined) insert(chosen.text);
          }}
        >
          <option value="">Insert …</option>
          {snippets.map((one) => (
            <option key={one.name}>{one.name}</option>
          ))}
        </select>
      )}
      <button type="button" onClick={() => exportText(path, text)}>
        Export
      </button>
      <button type="button" onClick={() => exportWorkspace(state.own)}>
        Export all of mine
      </button>
      <label className="file-button">
        Import
        <input
          type="file"
          multiple
          accept=".fabula,.json"
          onChange={async (event) => {
            const { files } = event.target;
            setSaid(files === null ? "" : await importFiles(files, state.own, store));
            event.target.value = "";
          }}
        />
      </label>
      {own && <History path={path} />}
      <span className="note-line" role="status">
        {said}
      </span>
    </>
  );
}

function History({ path }: { readonly path: string }) {
  const { store } = useFiles();
  const [past, setPast] = useState<readonly { readonly number: number }[] | undefined>();
  return (
    <span className="history">
      <button type="button" onClick={async () => setPast(await store.history(path))}>
        Versions
      </button>
      {past !== undefined && past.length === 0 && <span> none kept yet</span>}
      {past !== undefined && past.length > 0 && (
        <select
          aria-label="Go back to a version"
          value=""
          onChange={async (event) => {
            const text = await store.version(path, Number(event.target.value));
            if (text !== undefined) store.edit(path, text);
            setPast(undefined);
          }}
        >
          <option value="">go back to …</option>
          {past.map((one) => (
            <option key={one.number} value={one.number}>
              version {one.number}
            </option>
          ))}
        </select>
      )}
    </span>
  );
}
