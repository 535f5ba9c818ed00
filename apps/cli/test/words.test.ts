/** `fabula words`: what a world has words for. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { makeFolder, runFabula } from "./run-fabula.js";

vi.setConfig({ testTimeout: 60_000 });

/** A folder with a world of its own, and a story that uses it. */
function sea(): string {
  const folder = makeFolder();
  mkdirSync(join(folder, "sea"));
  writeFileSync(
    join(folder, "sea", "boats.fabula"),
    `// Boats, and what they carry.
// Knows of no weather.

module sea.boats
use std.world

// ---- boats
type boat is thing
  afloat: boolean = true                         // until it fills
    seen when observer.at = at
thing has
  wet: boolean
// Away from the shore.
action push_off(b: boat) by p: person
  needs p.at = b.at
rule sinks for b: boat
  when not b.afloat
  then remove b
boat gull "the Gull"
`,
  );
  writeFileSync(
    join(folder, "trip.fabula"),
    'story trip "The trip"\nuse std, sea\nbegins day 1 08:00\nends after 1 min\nperson ada "Ada"\n',
  );
  return folder;
}

it("lists a world's own, as it is written, with what is said of it", async () => {
  const { code, out, err } = await runFabula(["words", "sea"], sea());
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toBe(`sea.boats: Boats, and what they carry. Knows of no weather.
  type boat is thing
    afloat: boolean = true  // until it fills
  thing has
    wet: boolean
  can be done
    action push_off(b: boat) by p: person  // Away from the shore.
  happens by itself
    rule sinks for b: boat
  is there
    boat gull "the Gull"

`);
});

it("finds words in names and in what is said of them, in all that a story uses", async () => {
  const folder = sea();
  const { code, out } = await runFabula(["words", "trip.fabula", "FILLS", "ada"], folder);
  expect(code).toBe(0);
  expect(out).toContain("sea.boats  boat.afloat: boolean = true  // until it fills\n");
  expect(out).toContain('trip  person ada "Ada"\n');
  expect(out).not.toContain("wet");
  const std = await runFabula(["words", "std", "pulse", "--json"], folder);
  const found = JSON.parse(std.out) as { name: string; words: { name: string; of: string }[] }[];
  const body = found.find(({ name }) => name === "std.body");
  expect(body?.words).toContainEqual(expect.objectContaining({ name: "pulse", of: "person" }));
});

it("says where there is nothing of it, and what is wrong with a text", async () => {
  const folder = sea();
  const none = await runFabula(["words", "sea", "camel"], folder);
  expect(none).toEqual({ code: 1, out: "Nothing in sea has camel in it.\n", err: "" });
  writeFileSync(join(folder, "bad.fabula"), 'story bad "Bad"\nuse seas\n');
  const bad = await runFabula(["words", "bad.fabula"], folder);
  expect(bad.code).toBe(2);
  expect(bad.err).toContain("FAB2004");
  expect((await runFabula(["words", "seas"], folder)).code).toBe(2);
});
