/**
 * The same hash in every host: the Node that runs the tests, Node 24, headless Chromium. A value
 * that must differ (the canary) is computed beside the others and must be seen to differ.
 */
import { join } from "node:path";
import { findDifferences } from "./hosts/find-differences.mjs";
import { findHosts } from "./hosts/find-hosts.mjs";
import { bundle, runInHosts } from "./hosts/run-in-hosts.mjs";
import { HouseError, main, root } from "./house.mjs";

const canary = "canary host";

await main(async () => {
  const { hosts, missing } = findHosts();
  for (const reason of missing) console.log(`NOT CHECKED: ${reason}`);
  if (hosts.length < 2) throw new HouseError("there is only one host: nothing was compared");
  const script = bundle(join(root, "scripts", "hosts", "probe.ts"));
  const results = await runInHosts(hosts, script, {});
  const names = Object.keys(results.values().next().value).filter((name) => name !== canary);
  if (names.length === 0) throw new HouseError("the probe computed nothing");
  const differences = findDifferences(results);
  const real = differences.filter((difference) => !difference.startsWith(`${canary}:`));
  for (const difference of real) console.error(difference);
  if (real.length > 0) throw new HouseError(`${real.length} values differ between hosts`);
  const hasBrowser = hosts.some((host) => host.kind === "browser");
  if (hasBrowser && differences.length === 0) throw new HouseError("the canary was not seen");
  console.log(`${names.join(", ")}: the same in ${hosts.map((host) => host.name).join(", ")}`);
});
