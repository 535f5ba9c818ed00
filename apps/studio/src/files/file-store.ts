/**
 * The writer's own texts. On disk they are the truth; what is not there yet is a draft, kept in the
 * browser until the server says that it is saved. Paths begin with `mine/`.
 *
 * Invariants: a text shown as saved is on the disk; a draft leaves the browser only when it was
 * saved or the writer gives it up.
 */
import type { DiskFile, ServerPort, Unread } from "./server-port";

export const shelf = "mine/";

/** Where a text stands that was edited. */
export type DraftState =
  | { readonly kind: "saving" }
  /** There is no server, or it is away: only in this browser. */
  | { readonly kind: "only here" }
  | { readonly kind: "conflict"; readonly theirs: string | undefined; readonly version: string }
  | { readonly kind: "refused"; readonly message: string };

/** What of a draft outlives the page. */
interface KeptDraft {
  readonly text: string;
  /** Version it was made from; "" for a new text. */
  readonly base: string;
}

export interface Draft extends KeptDraft {
  readonly state: DraftState;
  /** Whether it outlives the page: false where the browser would not take it. */
  readonly kept: boolean;
}

export interface FilesState {
  /** `none`: the page came without a server; `away`: there was one. */
  readonly server: "looking" | "here" | "away" | "none";
  /** Where the texts are on disk; "" where they are not. */
  readonly folder: string;
  /** By path, drafts over what is on disk. */
  readonly own: Readonly<Record<string, string>>;
  readonly drafts: Readonly<Record<string, Draft>>;
  /** Files on disk that were not read, and why. */
  readonly unread: readonly Unread[];
}

/**
 * What is kept between two visits: a part of the browser's storage. Every page of the browser has
 * the same one, so each path is kept by itself and a page touches only the paths it has drafts of.
 */
export interface Keeper {
  /** Records by path. */
  read(): ReadonlyMap<string, string>;
  /** False where it could not be kept. */
  keep(path: string, record: string): boolean;
  /** Lets a record go, if it is still that one. */
  drop(path: string, record: string): void;
}

/** Milliseconds of quiet after which a draft is saved. */
const quietMs = 500;

export class FileStore {
  #state: FilesState = { server: "looking", folder: "", own: {}, drafts: {}, unread: [] };
  readonly #disk = new Map<string, DiskFile>();
  readonly #drafts = new Map<string, Draft>();
  readonly #listeners = new Set<() => void>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #stop: () => void;

  constructor(
    private readonly server: ServerPort,
    private readonly keeper: Keeper,
  ) {
    for (const [path, record] of keeper.read()) {
      const draft = readKept(record);
      if (draft === undefined || !path.startsWith(shelf)) continue;
      this.#drafts.set(path, { ...draft, state: { kind: "only here" }, kept: true });
    }
    this.#publish({});
    let stop = () => {};
    void this.#look().then(() => {
      if (this.#state.server !== "none") {
        stop = server.listen(
          () => void this.#look(),
          () => this.#publish({ server: "away" }),
        );
      }
    });
    this.#stop = () => stop();
  }

  get state(): FilesState {
    return this.#state;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  close(): void {
    this.#stop();
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  edit(path: string, text: string): void {
    const disk = this.#disk.get(path);
    const draft = this.#drafts.get(path);
    if (draft === undefined && disk?.text === text) return;
    const base = draft?.base ?? disk?.version ?? "";
    const kept = draft?.state;
    const state: DraftState = kept?.kind === "conflict" ? kept : this.#unsaved();
    this.#keep(path, { text, base }, state);
    if (state.kind === "saving") this.#saveSoon(path);
  }

  /** Ends a conflict: `mine` writes over what is there, `theirs` gives the draft up. */
  settle(path: string, whose: "mine" | "theirs"): void {
    const draft = this.#drafts.get(path);
    if (draft?.state.kind !== "conflict") return;
    if (whose === "theirs") {
      this.#drop(path);
      void this.#look();
    } else {
      this.#keep(path, { text: draft.text, base: draft.state.version }, this.#unsaved());
      this.#saveSoon(path);
    }
  }

  history(path: string) {
    return this.server.history(path.slice(shelf.length));
  }

  version(path: string, number: number) {
    return this.server.version(path.slice(shelf.length), number);
  }

  #unsaved(): DraftState {
    return this.#state.server === "here" ? { kind: "saving" } : { kind: "only here" };
  }

  #saveSoon(path: string): void {
    clearTimeout(this.#timers.get(path));
    this.#timers.set(
      path,
      setTimeout(() => void this.#save(path), quietMs),
    );
  }

  async #save(path: string): Promise<void> {
    const draft = this.#drafts.get(path);
    if (draft === undefined || draft.state.kind !== "saving") return;
    const saved = await this.server.save(path.slice(shelf.length), draft.text, draft.base);
    const now = this.#drafts.get(path);
    if (now === undefined) return;
    const grown = now.text !== draft.text;
    switch (saved.kind) {
      case "saved": {
        const { version } = saved;
        this.#disk.set(path, { path, text: draft.text, version });
        if (grown) this.#keep(path, { text: now.text, base: version }, now.state);
        else this.#drop(path);
        break;
      }
      case "conflict": {
        const { current } = saved;
        const version = current?.version ?? "";
        this.#setState(path, { kind: "conflict", theirs: current?.text, version });
        break;
      }
      case "refused":
        this.#setState(path, { kind: "refused", message: saved.message });
        break;
      case "away":
        this.#setState(path, { kind: "only here" });
        this.#publish({ server: "away" });
    }
    if (grown && saved.kind === "saved") this.#saveSoon(path);
  }

  /** What is on disk now; drafts that waited for the server are saved. */
  async #look(): Promise<void> {
    const found = await this.server.files();
    if (found === undefined) {
      const never = this.#state.server === "looking" || this.#state.server === "none";
      this.#publish({ server: never ? "none" : "away" });
      return;
    }
    this.#disk.clear();
    for (const file of found.files) {
      const path = shelf + file.path;
      this.#disk.set(path, { ...file, path });
    }
    this.#publish({ server: "here", folder: found.folder, unread: found.unread });
    for (const [path, draft] of [...this.#drafts]) {
      if (this.#disk.get(path)?.text === draft.text) this.#drop(path);
      else if (draft.state.kind === "only here") {
        this.#setState(path, { kind: "saving" });
        this.#saveSoon(path);
      }
    }
  }

  #keep(path: string, draft: KeptDraft, state: DraftState): void {
    const kept = this.keeper.keep(path, recordOf(draft));
    this.#drafts.set(path, { ...draft, state, kept });
    this.#publish({});
  }

  #drop(path: string): void {
    const draft = this.#drafts.get(path);
    if (draft === undefined) return;
    this.#drafts.delete(path);
    this.keeper.drop(path, recordOf(draft));
    this.#publish({});
  }

  #setState(path: string, state: DraftState): void {
    const draft = this.#drafts.get(path);
    if (draft === undefined) return;
    this.#drafts.set(path, { ...draft, state });
    this.#publish({});
  }

  #publish(changed: Partial<FilesState>): void {
    const own: Record<string, string> = {};
    for (const [path, { text }] of this.#disk) own[path] = text;
    for (const [path, { text }] of this.#drafts) own[path] = text;
    const drafts = Object.fromEntries(this.#drafts);
    this.#state = { ...this.#state, ...changed, own, drafts };
    for (const listener of this.#listeners) listener();
  }
}

function recordOf({ text, base }: KeptDraft): string {
  return JSON.stringify({ text, base });
}

function readKept(record: string): KeptDraft | undefined {
  try {
    const kept: Partial<KeptDraft> | null = JSON.parse(record);
    if (typeof kept?.text !== "string" || typeof kept.base !== "string") return undefined;
    return { text: kept.text, base: kept.base };
  } catch {
    return undefined;
  }
}
