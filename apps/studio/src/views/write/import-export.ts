/** Texts out of the studio and into it: one file, or all of a writer's own as one. */
import { textBytesMax, tooLarge } from "@fabula/model";
import { download } from "../../files/download";
import { type FileStore, shelf } from "../../files/file-store";

interface Workspace {
  readonly fabula: "workspace";
  readonly files: Readonly<Record<string, string>>;
}

export function exportText(path: string, text: string): void {
  download(path.split("/").at(-1) ?? "story.fabula", text, "text/plain");
}

export function exportWorkspace(own: Readonly<Record<string, string>>): void {
  const files = Object.fromEntries(
    Object.entries(own).map(([path, text]) => [path.slice(shelf.length), text]),
  );
  const workspace: Workspace = { fabula: "workspace", files };
  download("fabula-workspace.json", JSON.stringify(workspace, null, 2), "application/json");
}

/** Says what was taken in. Never writes over a text that differs: takes another name. */
export async function importFiles(
  list: FileList,
  own: Readonly<Record<string, string>>,
  store: FileStore,
): Promise<string> {
  const texts: [string, string][] = [];
  for (const file of list) {
    if (file.size > textBytesMax)
      return `${file.name}: ${tooLarge(`${Math.ceil(file.size / 1e6)} MB`).message}`;
    const text = await file.text();
    if (!file.name.endsWith(".json")) texts.push([file.name, text]);
    else {
      const files = workspaceIn(text);
      if (files === undefined) return `${file.name} is no workspace of Fabula.`;
      texts.push(...Object.entries(files));
    }
  }
  const taken: Record<string, string> = { ...own };
  for (const [name, text] of texts) {
    const path = freePath(name, text, taken);
    taken[path] = text;
    store.edit(path, text);
  }
  return texts.length === 1 ? "One text taken in." : `${texts.length} texts taken in.`;
}

function workspaceIn(text: string): Readonly<Record<string, string>> | undefined {
  try {
    const { fabula, files } = JSON.parse(text) as Partial<Workspace>;
    const whole = typeof files === "object" && files !== null;
    if (fabula !== "workspace" || !whole) return undefined;
    return Object.values(files).every((one) => typeof one === "string") ? files : undefined;
  } catch {
    return undefined;
  }
}

function freePath(name: string, text: string, taken: Readonly<Record<string, string>>): string {
  const plain = name
    .split("/")
    .map((part) => part.replace(/[^\p{L}\p{N}_.-]/gu, "-").replace(/^\.+/, ""))
    .filter((part) => part !== "")
    .join("/");
  const stem = `${shelf}${plain.replace(/\.fabula$/, "")}`;
  for (let count = 1; ; count += 1) {
    const path = `${stem}${count === 1 ? "" : `-${count}`}.fabula`;
    if (taken[path] === undefined || taken[path] === text) return path;
  }
}
