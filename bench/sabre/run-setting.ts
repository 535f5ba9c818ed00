/**
 * One setting in a process of its own: reads, grounds, searches, validates; prints one JSON line.
 * node run-setting.mjs FILE GOAL ATL CTL EL SECONDS [shortest]
 */
import { readFileSync } from "node:fs";
import { readSabre } from "@fabula/language/sabre";
import { seek, toSabreForm } from "@fabula/planner";

const [file, goal, author, character, epistemic, seconds, mode] = process.argv.slice(2);
const deadline = performance.now() + Number(seconds) * 1000;
const { diagnostics, problem } = readSabre(readFileSync(file!, "utf8"), file!);
if (problem === undefined) throw new RangeError(diagnostics[0]?.message);
const begin = performance.now();
const result = seek(problem, {
  limits: {
    goal: Number(goal),
    authorTemporalLimit: Number(author),
    characterTemporalLimit: Number(character),
    epistemicLimit: Number(epistemic),
  },
  shortest: mode === "shortest",
  mayGoOn: () => performance.now() < deadline,
});
const { expanded, generated, minds, reasonNodes } = result.statistics;
console.log(
  JSON.stringify({
    solved: result.found,
    valid: result.valid,
    length: result.length,
    isShortest: result.isShortest,
    outcome: result.outcome,
    reason: result.reason,
    searchSeconds: (performance.now() - begin) / 1000,
    cpuSeconds: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    expanded,
    generated,
    reasonNodes,
    minds,
    plan: result.plan,
    tree: result.story === undefined ? "" : toSabreForm(result.story),
  }),
);
