/** What is remembered is told where it is remembered: inside the watching, before what it leads to. */
import { expect, it } from "vitest";
import { findModules, readWorldText } from "../../../scripts/worlds.mjs";
import { readStory, tellRun } from "../src/index.js";

it("a story of many heads: one moment ends each of them, and the bench is in one", {
  timeout: 120_000,
}, () => {
  const name = "the-scream-that-stopped-a-battle.fabula";
  const story = readStory(readWorldText(`leaf/stories/${name}`), findModules);
  if (!story.ok) throw new Error(story.diagnostics.map(({ message }) => message).join("\n"));
  const telling = story.value.world.story.tellings.find(({ id }) => id === "as_written");
  if (telling === undefined) throw new Error("no telling");
  const plain = { seed: 1, changes: [], jitter: 0, form: "prose", voice: "you" } as const;
  const { passages } = tellRun(story.value, { ...plain, eyes: -1, telling });
  const nameOf = (eyes: number) => story.value.world.entities[eyes]?.name;
  const place = (words: string) => passages.findIndex((one) => one.text.includes(words));
  const bench = place("a bench, and a moon over it");
  expect(nameOf(passages[bench]?.eyes ?? -1)).toBe("sasuke");
  expect(passages.filter((one) => one.text.includes("a bench, and a moon"))).toHaveLength(1);
  expect(passages[bench - 1]?.text).toContain("Sakura");
  expect(bench).toBeLessThan(place("You throw a rock"));
  const screams = passages.filter((one) => one.text.includes("It is not a word"));
  expect(new Set(screams.map((one) => one.occurrence)).size).toBe(1);
  expect(screams.map((one) => nameOf(one.eyes))).toEqual([
    "naruto",
    "kakashi",
    "neji",
    "anko",
    "sasuke",
    "sakura",
  ]);
});
