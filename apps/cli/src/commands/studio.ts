/** `fabula studio`: the studio in the browser, with a folder of one's own on disk. */
import { spawn } from "node:child_process";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { ServerOptions } from "@fabula/server";
import type { Command } from "commander";
import { BadInput, badInput } from "../bad-input.js";
import { writeLine } from "../output.js";
import { studioFile } from "../studio-files.js";
import { createCommand } from "./command.js";

interface StudioFlags {
  readonly port: string;
  readonly host: string;
  readonly token?: string;
  readonly background?: boolean;
  readonly idle?: string;
}

/** How long a studio in the background waits for a page. */
const idleMinutes = "30";

export function createStudioCommand(): Command {
  return createCommand(
    "studio",
    "Open the studio in the browser: read, ask, change and write stories.",
    "studio my-worlds --port 4747",
  )
    .argument("[FOLDER]", "where your own texts are kept", join(homedir(), "fabula"))
    .option("--port <N>", "a port that is free; 0 takes any", "4747")
    .option(
      "--host <NAME>",
      "who can reach it; anything but this machine needs a token",
      "127.0.0.1",
    )
    .option("--token <TEXT>", "at least 16 characters, asked of everybody who is not here")
    .option("--background", "say where it is and leave it open")
    .option("--idle <MINUTES>", "close it after that long without an open page")
    .action(run);
}

async function run(folder: string, flags: StudioFlags): Promise<void> {
  const port = Number(flags.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw badInput("FAB7006", `--port takes a number from 0 to 65535, not "${flags.port}"`);
  }
  if (flags.background) return openInBackground();
  const { host, token, idle } = flags;
  const server = await start({
    host,
    port,
    folder: resolve(folder),
    studio: dirname(studioFile("index.html")),
    ...(token === undefined ? {} : { token }),
    ...(idle === undefined ? {} : { idleMs: Number(idle) * 60_000 }),
  });
  await writeLine(`Your own texts are kept in ${resolve(folder)}. Ctrl-C closes the studio.`);
  await writeLine(`The studio is open: ${server.url}`);
  process.once("SIGINT", () => server.close());
  process.once("SIGTERM", () => server.close());
  await server.closed;
}

/** The same command without `--background`, as a process of its own that outlives this one. */
function openInBackground(): Promise<void> {
  const args = process.argv.slice(1).filter((arg) => arg !== "--background");
  const child = spawn(process.execPath, [...process.execArgv, ...args, "--idle", idleMinutes], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  return new Promise((done, failed) => {
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const line = /^The studio is open: .*$/m.exec(said)?.[0];
      if (line === undefined) return;
      child.unref();
      child.stdout.destroy();
      child.stderr.destroy();
      const closes = `It closes itself ${idleMinutes} minutes after the last page is closed.`;
      done(writeLine(`${closes}\n${line}`));
    });
    child.once("exit", (code) => {
      process.stderr.write(complaint);
      if (code === 2) failed(new BadInput([]));
      else failed(new Error(`the studio ended with code ${code}`));
    });
  });
}

async function start(options: ServerOptions) {
  // Only this command needs a server: the others start without it.
  const { startServer } = await import("@fabula/server");
  try {
    return await startServer(options);
  } catch (error) {
    if (error instanceof RangeError) throw badInput("FAB7006", error.message, "--token TEXT");
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") {
      throw badInput("FAB7020", `port ${options.port} is taken`, "--port 0 takes any that is free");
    }
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EACCES") {
      const where = `${options.host}:${options.port}`;
      throw badInput("FAB7020", `nobody can listen at ${where}`, "--host 127.0.0.1");
    }
    throw error;
  }
}
