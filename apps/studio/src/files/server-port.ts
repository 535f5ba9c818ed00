/** What the studio asks of its server; tests give their own. */
export interface DiskFile {
  readonly path: string;
  readonly text: string;
  readonly version: string;
}

export interface Folder {
  readonly folder: string;
  readonly files: readonly DiskFile[];
  /** Files that were not read, and why. */
  readonly unread: readonly Unread[];
}

export interface Unread {
  readonly path: string;
  readonly message: string;
}

export type Saved =
  | { readonly kind: "saved"; readonly version: string }
  /** Somebody else wrote meanwhile; `current` is what is there, undefined: taken away. */
  | { readonly kind: "conflict"; readonly current: DiskFile | undefined }
  | { readonly kind: "refused"; readonly message: string }
  /** Nobody answers. */
  | { readonly kind: "away" };

export interface ServerPort {
  /** Undefined: there is no server. */
  files(): Promise<Folder | undefined>;
  save(path: string, text: string, base: string): Promise<Saved>;
  history(path: string): Promise<readonly { readonly number: number; readonly version: string }[]>;
  version(path: string, number: number): Promise<string | undefined>;
  /** Calls back when files change on disk or the server comes back; returns what ends it. */
  listen(changed: () => void, lost: () => void): () => void;
}

/** Milliseconds between two tries to reach a server that is away. */
const againMs = 1500;

export function createServerPort(location: Location): ServerPort {
  const token = new URLSearchParams(location.search).get("token");
  const headers: Record<string, string> =
    token === null ? {} : { authorization: `Bearer ${token}` };
  const at = (path: string) => `${location.origin}/api/${path}`;
  const inPath = (path: string) => path.split("/").map(encodeURIComponent).join("/");
  const get = async (path: string): Promise<unknown> => {
    const answer = await fetch(at(path), { headers });
    const isJson = answer.headers.get("content-type")?.includes("json") ?? false;
    return answer.ok && isJson ? answer.json() : undefined;
  };
  return {
    async files() {
      try {
        return (await get("files")) as Folder | undefined;
      } catch {
        return undefined;
      }
    },
    async save(path, text, base) {
      try {
        const answer = await fetch(at(`files/${inPath(path)}`), {
          method: "PUT",
          headers: { ...headers, "content-type": "application/json" },
          body: JSON.stringify({ text, base }),
        });
        const said = (await answer.json()) as {
          version?: string;
          message?: string;
          current?: DiskFile;
        };
        if (answer.ok) return { kind: "saved", version: said.version ?? "" };
        if (answer.status === 409) return { kind: "conflict", current: said.current };
        return { kind: "refused", message: said.message ?? `the server says ${answer.status}` };
      } catch {
        return { kind: "away" };
      }
    },
    async history(path) {
      try {
        const past = await get(`history/${inPath(path)}`);
        return (past ?? []) as Awaited<ReturnType<ServerPort["history"]>>;
      } catch {
        return [];
      }
    },
    async version(path, number) {
      try {
        const past = (await get(`versions/${number}/${inPath(path)}`)) as DiskFile | undefined;
        return past?.text;
      } catch {
        return undefined;
      }
    },
    listen(changed, lost) {
      let over = false;
      let socket: WebSocket | undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const connect = () => {
        const query = token === null ? "" : `?token=${encodeURIComponent(token)}`;
        socket = new WebSocket(`${at("live").replace(/^http/, "ws")}${query}`);
        socket.addEventListener("open", changed);
        socket.addEventListener("message", changed);
        socket.addEventListener("close", () => {
          if (over) return;
          lost();
          timer = setTimeout(connect, againMs);
        });
      };
      connect();
      return () => {
        over = true;
        clearTimeout(timer);
        socket?.close();
      };
    },
  };
}
