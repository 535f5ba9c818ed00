/** The texts there are as state of the page: bundled and own. */
import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import { FileStore, type FilesState, type Keeper } from "./file-store";
import { bundledFiles, type Files } from "./library";
import { createServerPort } from "./server-port";

const prefix = "fabula.draft/";

const keeper: Keeper = {
  read: () => {
    const records = new Map<string, string>();
    try {
      for (const key of Object.keys(window.localStorage).sort()) {
        const record = window.localStorage.getItem(key);
        if (key.startsWith(prefix) && record !== null)
          records.set(key.slice(prefix.length), record);
      }
    } catch {
      return new Map();
    }
    return records;
  },
  keep: (path, record) => {
    try {
      window.localStorage.setItem(prefix + path, record);
      return true;
    } catch {
      return false;
    }
  },
  drop: (path, record) => {
    try {
      const kept = window.localStorage.getItem(prefix + path);
      if (kept === record) window.localStorage.removeItem(prefix + path);
    } catch {
      // Nothing could be kept there either.
    }
  },
};

export interface AllFiles {
  readonly store: FileStore;
  readonly state: FilesState;
  /** Own texts over bundled ones. */
  readonly files: Files;
}

const FilesContext = createContext<AllFiles | undefined>(undefined);
export const FilesProvider = FilesContext.Provider;

export function useFiles(): AllFiles {
  const all = useContext(FilesContext);
  if (all === undefined) throw new Error("there are no files here");
  return all;
}

/** Opens the store for as long as the page lives; undefined until it is open. */
export function useFileStore(): AllFiles | undefined {
  const [store, setStore] = useState<FileStore | undefined>();
  useEffect(() => {
    const created = new FileStore(createServerPort(window.location), keeper);
    setStore(created);
    return () => created.close();
  }, []);
  const state = useSyncExternalStore(store?.subscribe ?? subscribeToNothing, () => store?.state);
  const own = state?.own;
  const files = useMemo(() => ({ ...bundledFiles, ...own }), [own]);
  if (store === undefined || state === undefined) return undefined;
  return { store, state, files };
}

function subscribeToNothing(): () => void {
  return () => {};
}
