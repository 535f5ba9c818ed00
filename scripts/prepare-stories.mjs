/** Writes into the studio's page what a reader asks first of each story; see `prepared.ts` there. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { prepareStories } from "../apps/studio/build/prepare/prepare.js";
import { HouseError, main, root } from "./house.mjs";

await main(async () => {
  let count = 0;
  for await (const { place, answers } of prepareStories()) {
    const text = JSON.stringify(answers);
    if (!isDeepStrictEqual(JSON.parse(text), answers)) {
      throw new HouseError(`${place}: an answer does not come back from JSON as it was`);
    }
    const file = join(root, "apps", "studio", "dist", place);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    count += 1;
  }
  if (count === 0) throw new HouseError("no story was prepared");
});
