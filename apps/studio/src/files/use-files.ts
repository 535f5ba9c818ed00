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

const storageKey = "fabula.drafts";

const keeper: Keeper = {
  read: () => {
    try {
      return window.localStorage.getItem(storageKey);
    } catch {
      return null;
    }
  },
  write: (text) => {
    try {
      window.localStorage.setItem(storageKey, text);
      return true;
    } catch {
      return false;
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
