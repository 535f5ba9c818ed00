/**
 * The same chronicles in every host: the Node that runs the tests, Node 24, headless Chromium. Every
 * story of worlds/ is played with some seeds. A value that must differ (the canary) is computed
 * beside the others and must be seen to differ, and so must the seeds.
 */
import { join } from "node:path";
import { findDifferences } from "./hosts/find-differences.mjs";
import { findHosts } from "./hosts/find-hosts.mjs";
import { bundle, runInHosts } from "./hosts/run-in-hosts.mjs";
import { HouseError, main, root } from "./house.mjs";
import { listWorldTexts, readWorldText } from "./worlds.mjs";

const canary = "canary host";
const seeds = [1, 2, 3];

await main(async () => {
  const { hosts, missing } = findHosts();
  for (const reason of missing) console.log(`NOT CHECKED: ${reason}`);
  if (hosts.length < 2) throw new HouseError("there is only one host: nothing was compared");
  const paths = listWorldTexts();
  const stories = paths.filter((path) => path.includes("/stories/"));
  if (stories.length === 0) throw new HouseError("worlds/ holds no story: nothing was played");
  const texts = Object.fromEntries(paths.map((path) => [path, readWorldText(path).text]));
  const script = bundle(join(root, "scripts", "hosts", "probe.ts"));
  const results = await runInHosts(hosts, script, { texts, stories, seeds });

  const differences = findDifferences(results);
  const real = differences.filter((difference) => !difference.startsWith(`${canary}:`));
  for (const difference of real) console.error(difference);
  if (real.length > 0) throw new HouseError(`${real.length} values differ between hosts`);
  const first = results.values().next().value;
  assertHonest(first, stories);
  const hasBrowser = hosts.some((host) => host.kind === "browser");
  if (hasBrowser && differences.length === 0) throw new HouseError("the canary was not seen");
  const names = hosts.map((host) => host.name).join(", ");
  console.log(`${stories.length} stories with ${seeds.length} seeds are the same in ${names}:`);
  for (const story of stories) console.log(`  ${story}: ${first[`${story} seed ${seeds[0]}`]}`);
});

/** A hash that is the same for every seed says nothing about the run. */
function assertHonest(values, stories) {
  for (const story of stories) {
    const hashes = seeds.map((seed) => values[`${story} seed ${seed}`]);
    if (hashes.includes(undefined)) throw new HouseError(`${story} was not played`);
    if (new Set(hashes).size === 1) throw new HouseError(`${story}: all seeds have one hash`);
  }
}
