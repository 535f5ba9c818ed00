/**
 * The first thing anybody runs: plays a bundled story in the terminal, tells it, and opens the
 * studio. `npm start`, or `npm start -- STORY` for another one. Where nobody sits at a terminal, the
 * studio stays open in the background.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { HouseError, main, root, run } from "./house.mjs";

const bundledStory = "leaf/until-the-end";
const question = "sakura.alive = false";

await main(() => {
  build();
  const cli = join(root, "apps", "cli", "build", "main.js");
  if (!existsSync(cli)) throw new HouseError("the command line is not built: apps/cli/src/main.ts");
  const story = process.argv[2] ?? bundledStory;
  fabula(cli, "play", story);
  fabula(cli, "tell", story);
  console.log(`\nAnd now:\n  npx fabula why ${bundledStory} "${question}"\n  npx fabula --help`);
  const interactive = process.stdout.isTTY === true;
  fabula(cli, "studio", "--port", "0", ...(interactive ? [] : ["--background"]));
});

function fabula(cli, ...args) {
  console.log(`\n$ fabula ${args.join(" ")}\n`);
  run(process.execPath, [cli, ...args]);
}
