/**
 * One comparison in a process of its own, so that no other has shaped its memory or its compiled
 * code: `node main.js NAME ROUNDS` prints the result as JSON; `node main.js` prints the names.
 */
import { comparisons } from "./comparisons.js";
import { measure } from "./measure.js";

const [name, rounds = "9"] = process.argv.slice(2);
if (name === undefined) {
  console.log(JSON.stringify(Object.keys(comparisons)));
} else {
  const create = comparisons[name];
  if (create === undefined) throw new RangeError(`no comparison ${name}`);
  const result = measure(create(), {
    rounds: Number(rounds),
    warmups: 2,
    clock: () => {
      const { user, system } = process.cpuUsage();
      return user + system;
    },
  });
  console.log(JSON.stringify(result));
}
