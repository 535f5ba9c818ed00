/** Tells when texts of a folder change on disk, whoever changed them. */
import { existsSync, type FSWatcher, watch } from "node:fs";

/** Milliseconds in which several changes are told as one. */
const lullMs = 150;

export class FolderWatch {
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly folder: string) {}

  /** Returns what ends it. */
  listen(changed: () => void): () => void {
    this.#listeners.add(changed);
    this.start();
    return () => this.#listeners.delete(changed);
  }

  /** Again where the folder came to be only now. */
  start(): void {
    if (this.#watcher !== undefined || !existsSync(this.folder)) return;
    try {
      this.#watcher = watch(this.folder, { recursive: true }, (_kind, name) => {
        if (name === null || (name.endsWith(".fabula") && !name.startsWith(".fabula")))
          this.#tell();
      });
      this.#watcher.on("error", () => this.stop());
    } catch {
      // Some disks cannot be watched: the page looks again when it comes back into view.
      this.#watcher = undefined;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#watcher?.close();
    this.#watcher = undefined;
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const listener of this.#listeners) listener();
    }, lullMs);
  }
}
