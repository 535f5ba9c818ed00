import { describe, expect, it } from "vitest";
import { findModules, readWorldText } from "../../../scripts/worlds.mjs";
import {
  findModulesIn,
  type PublishedStory,
  publishedPage,
  readStory,
  recordModules,
  sourceOf,
  tellRun,
} from "../src/index.js";
import { take } from "./small-world.js";

describe("modules among files", () => {
  const find = findModulesIn({
    path: "mine/story.fabula",
    files: {
      "mine/story.fabula": "story",
      "mine/own.fabula": "own",
      "std/body.fabula": "body",
      "std/talk.fabula": "talk",
      "std/systems/s1.fabula": "s1",
      "mine/std.fabula": "nearer",
    },
  });
  const names = (module: string) => find(module).map((one) => one.name);

  it("are found beside the story first, then among the worlds; never the story itself", () => {
    expect(names("own")).toEqual(["mine/own.fabula"]);
    expect(names("std.body")).toEqual(["std/body.fabula"]);
    expect(names("std")).toEqual(["mine/std.fabula"]);
    expect(names("story")).toEqual([]);
    expect(names("nothing")).toEqual([]);
  });

  it("of a folder are the files right in it", () => {
    const all = findModulesIn({
      path: "a.fabula",
      files: { "std/x.fabula": "", "std/y/z.fabula": "" },
    });
    expect(all("std").map((one) => one.name)).toEqual(["std/x.fabula"]);
  });
});

describe("a story with all that it uses", () => {
  const main = readWorldText("leaf/stories/until-the-end.fabula");
  const { find, modules } = recordModules(findModules);
  const story = take(readStory(main, find));
  const source = sourceOf({ story: main, modules });

  it("plays from these texts alone as it does from where they were", () => {
    const text = source.files[source.path] ?? "";
    const again = take(readStory({ name: source.path, text }, findModulesIn(source)));
    const run = {
      seed: 3,
      changes: [],
      jitter: 0,
      eyes: -1,
      form: "prose",
      voice: "name",
    } as const;
    expect(tellRun(again, run).hash).toBe(tellRun(story, run).hash);
  });

  it("holds what it uses and no other story", () => {
    const names = Object.keys(source.files);
    expect(source.path).toBe("until-the-end.fabula");
    expect(names).toContain("std/body.fabula");
    expect(names).toContain("leaf/people.fabula");
    expect(names.filter((name) => !/^(std|leaf)\/\w+\.fabula$/.test(name))).toEqual([source.path]);
  });

  it("keeps a module that is one file apart from a folder of the same name", () => {
    const modules: Record<string, { name: string; text: string }[]> = {
      mine: [{ name: "/home/me/mine/only.fabula", text: "module only" }],
      "other.part": [{ name: "/home/me/other/part.fabula", text: "module part" }],
      alone: [{ name: "C:\\me\\alone.fabula", text: "module alone" }],
      nothing: [],
    };
    const own = sourceOf({ story: { name: "/home/me/a.fabula", text: "" }, modules });
    expect(Object.keys(own.files)).toEqual([
      "a.fabula",
      "alone.fabula",
      "mine/only.fabula",
      "other/part.fabula",
    ]);
    const find = findModulesIn(own);
    for (const [name, [one]] of Object.entries(modules)) {
      expect(find(name).map(({ text }) => text)).toEqual(one === undefined ? [] : [one.text]);
    }
  });
});

describe("a published page", () => {
  const place = '<script type="application/json" id="story"></script>';
  const template = `<html><title>A story</title><body>${place}<script>run()</script></body></html>`;
  const story: PublishedStory = {
    title: "Salt & <b>bread</b>",
    source: { path: "a.fabula", files: { "a.fabula": "</script><script>alert(1)//$& <!-- $1" } },
    seed: 7,
    changes: ["set a.b = 1"],
  };
  const page = publishedPage(template, story);

  it("holds the story as data that ends nowhere before its end", () => {
    const data = /id="story">([^<]*)<\/script>/.exec(page)?.[1] ?? "";
    expect(JSON.parse(data)).toEqual(story);
    expect(page.match(/<script/g)).toHaveLength(2);
  });

  it("is called what the story is called", () => {
    expect(page).toContain("<title>Salt &amp; &lt;b&gt;bread&lt;/b&gt;</title>");
  });

  it("is not made of a page without a place for it", () => {
    expect(() => publishedPage("<title></title>", story)).toThrow("no place for a story");
  });
});
