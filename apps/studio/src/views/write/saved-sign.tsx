/** Whether what is on screen is on the disk; loud when it is not. */
import { useFiles } from "../../files/use-files";

export function SavedSign({ path }: { readonly path: string }) {
  const { store, state } = useFiles();
  const draft = state.drafts[path];
  if (draft === undefined) {
    return (
      <span className="saved" role="status">
        Saved in {state.folder}
      </span>
    );
  }
  const only = draft.kept
    ? "Only in this browser"
    : "Only on this page, for the browser has no room to keep it";
  switch (draft.state.kind) {
    case "saving":
      return (
        <span className="saving" role="status">
          Saving …
        </span>
      );
    case "only here":
      return (
        <span className="only-here" role="alert">
          {only}
          {state.server === "away" ? ": the server is away, it is saved when it is back" : ""}
        </span>
      );
    case "refused":
      return (
        <span className="only-here" role="alert">
          {only}: {draft.state.message}
        </span>
      );
    case "conflict":
      return (
        <span className="only-here" role="alert">
          Changed on disk meanwhile{" "}
          <button type="button" onClick={() => store.settle(path, "mine")}>
            Keep mine
          </button>{" "}
          <button type="button" onClick={() => store.settle(path, "theirs")}>
            Take what is on disk
          </button>
        </span>
      );
  }
}
