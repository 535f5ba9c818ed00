/**
 * Sabre itself on our families of problems. `FABULA_SABRE_JAR` names its jar or folder of classes;
 * nothing of Sabre is in this repository.
 */
import { spawnSync } from "node:child_process";

export const cpuSecondsMax = 60;

/** Method and heuristic, as Sabre's command line names them. */
const configurations = [
  { name: "A* rp", args: ["-m", "bf", "-h", "rp"] },
  { name: "EFS hmax", args: ["-m", "ef", "-h", "hmax"] },
  { name: "BFS", args: ["-m", "bf", "-h", "0"] },
];

/**
 * For every problem ({ family, size, file, limits }, sizes rising within a family) the run with the
 * least CPU time, or undefined where no configuration answers in `cpuSecondsMax`. A configuration
 * that did not answer is not tried on the larger problems of the family.
 */
export function runSabre(jar, problems) {
  const tired = new Set();
  return problems.map(({ family, file, limits, size }) => {
    const runs = configurations.flatMap((configuration) => {
      const key = `${family} ${configuration.name}`;
      if (tired.has(key)) return [];
      const run = runOnce(jar, file, limits, configuration);
      if (run === undefined) tired.add(key);
      return run === undefined ? [] : [run];
    });
    const best = runs.sort((a, b) => a.cpuSeconds - b.cpuSeconds)[0];
    const text = best === undefined ? "no answer" : `${best.cpuSeconds.toFixed(2)} s, ${best.name}`;
    console.log(`Sabre: ${family} ${size}: ${text}`);
    return best;
  });
}

function runOnce(jar, file, limits, { args, name }) {
  const command = [
    ...["java", "-XX:+UseSerialGC", "-Xmx4g", "-cp", jar, "edu.uky.cs.nil.sabre.Main"],
    ...["-p", file, "-g", limits.goal, "-atl", limits.authorTemporalLimit],
    ...["-ctl", limits.characterTemporalLimit, "-el", limits.epistemicLimit, ...args],
  ].map((part) => `'${String(part).replaceAll("'", "'\\''")}'`);
  // CPU time of a child, and a limit on it, are the shell's to give.
  const script = `ulimit -t ${cpuSecondsMax}; TIMEFORMAT='cpu %U %S'; time ${command.join(" ")}`;
  const { stderr, stdout } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
  const [, user, system] = /cpu ([\d.]+) ([\d.]+)/.exec(stderr) ?? [];
  const plan = stdout.match(/\w+\([^()]*\)/g) ?? [];
  const cpuSeconds = Number(user) + Number(system);
  if (plan.length === 0 || !(cpuSeconds <= cpuSecondsMax)) return undefined;
  return { cpuSeconds, length: plan.length, name };
}
