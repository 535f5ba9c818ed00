/** What the tests of stores and fleets share: a world of dice, and commands of their own. */
import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { main, makeFolder } from "./run-fabula.js";

/** Two throws of chance, some bookkeeping: a run is a few milliseconds. */
export const dice = `story dice "Dice"
begins day 1 08:00
ends after 1 min

unit s of time
unit min = 60 s
unit % = 0.01
type world
type thing
type die is thing
  wait: number 1 .. 30 = 1 .. 20
  rolled: boolean
  lucky: boolean
world has
  seconds: quantity 0 .. 1000 = 0
process ticks for w: world
  while seconds < 1000
  seconds rises by 1 per s
rule rolls for d: die
  when seconds > d.wait
  then
    d.rolled
    with chance 40%
      d.lucky
die red "the red die"
die blue "the blue die"
`;

export const question = "red.lucky and not blue.lucky";

/** The file of the world of dice, in a folder of its own. */
export function writeDice(): string {
  const file = join(makeFolder(), "dice.fabula");
  writeFileSync(file, dice);
  return file;
}

export interface Running {
  readonly child: ChildProcess;
  /** What it has written so far. */
  readonly said: { out: string; err: string };
  readonly ended: Promise<number | null>;
}

/** A command as built, in a process of its own that goes on. */
export function startFabula(...args: string[]): Running {
  const child = spawn(process.execPath, [main, ...args]);
  const said = { out: "", err: "" };
  child.stdout.on("data", (data) => {
    said.out += data;
  });
  child.stderr.on("data", (data) => {
    said.err += data;
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, said, ended };
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, milliseconds));
}
