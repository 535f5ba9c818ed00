/**
 * Which `fabula` is started. No setting: the one installed in the folder one works in, or in a
 * folder above, else the one in the PATH. What lies in a folder is started only where the folder is
 * trusted.
 */
import { dirname, join } from "node:path";

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  /** Windows starts `fabula.cmd` only through its shell. */
  readonly shell: boolean;
}

export interface Surroundings {
  /** The setting `fabula.command`; "" where there is none. */
  readonly setting: string;
  /** Folders that are open, and that of the text. */
  readonly folders: readonly string[];
  readonly isTrusted: boolean;
  readonly platform: NodeJS.Platform;
  readonly exists: (file: string) => boolean;
}

/** With the arguments `args` behind it. */
export function findCommand(args: readonly string[], around: Surroundings): Command {
  const file = around.setting.trim() || installedIn(around) || "fabula";
  const isScript = /\.[cm]?js$/.test(file);
  const shell = !isScript && around.platform === "win32";
  if (isScript) return { command: "node", args: [file, ...args], shell };
  return { command: shell ? `"${file}"` : file, args, shell };
}

function installedIn({ folders, isTrusted, platform, exists }: Surroundings): string | undefined {
  if (!isTrusted) return undefined;
  const name = platform === "win32" ? "fabula.cmd" : "fabula";
  return folders
    .flatMap(withFoldersAbove)
    .map((folder) => join(folder, "node_modules", ".bin", name))
    .find(exists);
}

function withFoldersAbove(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...withFoldersAbove(above)];
}
