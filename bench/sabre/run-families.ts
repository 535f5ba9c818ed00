/** Times every member of every family, in one process each: node run-families.mjs INDEX. */
import { readSabre } from "@fabula/language/sabre";
import { seek } from "@fabula/planner";
import { members } from "./families.js";

const wanted = process.argv[2];
if (wanted === undefined) console.log(members.length);
else {
  const { family, limits, size, text } = members[Number(wanted)]!;
  const begin = performance.now();
  const { diagnostics, problem } = readSabre(text, `${family} ${size}`);
  if (problem === undefined) throw new RangeError(JSON.stringify(diagnostics[0]));
  const deadline = begin + 60_000;
  const result = seek(problem, { limits, mayGoOn: () => performance.now() < deadline });
  const { expanded, minds, reasonNodes } = result.statistics;
  console.log(
    JSON.stringify({
      family,
      size,
      valid: result.valid,
      length: result.length,
      outcome: result.outcome,
      cpuSeconds: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
      seconds: (performance.now() - begin) / 1000,
      expanded,
      reasonNodes,
      minds,
    }),
  );
}
