/** Every comparison of `npm run bench`, by name, in the order in which they are reported. */
import type { Comparison } from "./comparison.js";
import { engineAgenda } from "./engine-agenda.js";
import { arenaFork, compareForks, compareWorldForks } from "./fork.js";
import { compareSchedulers } from "./hold.js";
import { compareOccurrences } from "./occurrences.js";
import { compareTalk } from "./talk.js";

/** Made when asked for: preparing all of them would fill the memory that one of them measures. */
export const comparisons: Readonly<Record<string, () => Comparison>> = {
  "hold-1000": () => compareSchedulers(1_000, [engineAgenda]),
  "hold-10000": () => compareSchedulers(10_000, [engineAgenda]),
  "hold-100000": () => compareSchedulers(100_000, [engineAgenda]),
  "hold-1000000": () => compareSchedulers(1_000_000, [engineAgenda]),
  "fork-100000": () => compareForks([arenaFork]),
  "fork-world-100000": () => compareWorldForks(),
  "occurrences-100": () => compareOccurrences(100),
  "occurrences-1000": () => compareOccurrences(1_000),
  "occurrences-10000": () => compareOccurrences(10_000),
  "talk-the-farewell": () => compareTalk("the-farewell"),
  "talk-until-the-end": () => compareTalk("until-the-end"),
};
