/** Timeline, why, minds. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterEach, expect, it } from "vitest";
import { describeStudio, eventually, type OpenedStudio, picture } from "./opened-studio.js";

const root = join(import.meta.dirname, "..", "..", "..");
const story = "examples/the-boat.fabula";
const leaf = "leaf/stories/until-the-end.fabula";

/** Whether all of it is to be seen in what holds it. */
async function isInside(page: Page, part: string, whole: string): Promise<boolean> {
  const inner = await page.locator(part).boundingBox();
  const outer = await page.locator(whole).boundingBox();
  if (inner === null || outer === null) return false;
  const { x, y } = outer;
  const across = inner.x >= x && inner.x + inner.width <= x + outer.width;
  return across && inner.y >= y && inner.y + inner.height <= y + outer.height;
}

describeStudio("the studio's views of a run", (studio: OpenedStudio) => {
  afterEach(() => studio.closePages());

  it("draw lanes over time, zoom by keyboard, and list the same", async () => {
    const page = await studio.open({ story, view: "timeline" });
    const canvas = page.getByRole("img", { name: /^Timeline/ });
    await canvas.waitFor();
    const names = page.locator(".lane-name");
    await eventually(() => names.allTextContents()).toEqual(["Mara", "Tomas"]);
    const stretch = page.locator(".board-tools .stretch");
    const whole = await stretch.textContent();
    await canvas.focus();
    await page.keyboard.press("+");
    await eventually(() => stretch.textContent()).not.toBe(whole);
    const closer = await stretch.textContent();
    await page.keyboard.press("ArrowRight");
    await eventually(() => stretch.textContent()).not.toBe(closer);
    await page.keyboard.press("Home");
    await eventually(() => stretch.textContent()).toBe(whole);
    const drawn = await canvas.evaluate((one) => {
      const { width, height } = one as HTMLCanvasElement;
      const data = (one as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height);
      return data?.data.some((value) => value !== 0) ?? false;
    });
    expect(drawn).toBe(true);
    await picture(page, "timeline");
    await page.getByText(/^As a list/).click();
    await page.locator(".list-twin").getByText("drinks from the flask").first().click();
    await page.getByRole("complementary", { name: "Behind the sentence" }).waitFor();
  });

  it("show in what order it is told, and what goes back where it is told", async () => {
    const text = readFileSync(join(root, "worlds", story), "utf8");
    const telling = `telling twice "Hers, then his"\n  eyes mara from start until end\n  eyes tomas from start until end\n`;
    writeFileSync(join(studio.folder, "told_twice.fabula"), `${text}\n${telling}`);
    const page = await studio.open({ story: "mine/told_twice.fabula", view: "timeline" });
    const strip = page.getByRole("region", { name: "In what order it is told" });
    await strip.getByText("Hers, then his").waitFor();
    const sections = strip.getByRole("listitem");
    await eventually(() => sections.count()).toBeGreaterThan(1);
    expect(await sections.first().textContent()).toContain("1. Mara");
    const back = sections.filter({ hasText: "told as a flashback" });
    expect(await back.first().textContent()).toContain("Tomas");
    await picture(page, "told-order");
  });

  it("have one colour for a person everywhere", async () => {
    const page = await studio.open({ story, view: "timeline" });
    const lane = page.locator(".lane-names li", { hasText: "Tomas" });
    await lane.waitFor();
    const colourOf = (one: Element) => getComputedStyle(one).color;
    await eventually(() => lane.evaluate(colourOf)).not.toBe("");
    const onLane = await lane.evaluate(colourOf);
    await page.getByRole("button", { name: "Minds" }).click();
    const head = page.locator("th .person", { hasText: "Tomas" });
    await head.waitFor();
    expect(await head.evaluate(colourOf)).toBe(onLane);
  });

  it("follow causes back, in truth and as one person knows them", async () => {
    const question = "not flask.full";
    const page = await studio.open({ story, view: "why", question });
    await page.locator(".react-flow .cause.root").waitFor();
    const note = page.locator(".note-line").first();
    const inTruth = Number(/^(\d+) occurrences/.exec((await note.textContent()) ?? "")?.[1]);
    expect(inTruth).toBeGreaterThan(2);
    await picture(page, "why");
    await page.getByText("As a list", { exact: true }).click();
    const listed = page.locator(".chain-of-causes > li > button");
    await eventually(() => listed.count()).toBe(inTruth);
    await page.getByRole("combobox", { name: "Eyes" }).selectOption("person:mara");
    await page.getByText(/as far as Mara knows/).waitFor();
    const known = Number(/^(\d+) occurrences/.exec((await note.textContent()) ?? "")?.[1]);
    expect(known).toBeLessThan(inTruth);
  });

  it("offer what the story expects, to ask why of", async () => {
    const page = await studio.open({ story: leaf, view: "why" });
    await page.getByRole("button", { name: /^D1\b/ }).first().click();
    await eventually(() => page.getByRole("textbox", { name: "Why" }).inputValue()).not.toBe("");
    await eventually(() => isInside(page, ".react-flow .cause.root", ".graph")).toBe(true);
  });

  it("say of what never came to be who weighed it, and what they chose", async () => {
    const page = await studio.open({ story, view: "why", question: "mara.drink(flask)" });
    await page.getByText("Mara weighed once whether to drink from the flask").waitFor();
  });

  it("say so when what is asked never came to be, or is no question", async () => {
    const page = await studio.open({ story, view: "why", question: "not mara.alive" });
    await page.getByText("It never came to be in this run", { exact: false }).waitFor();
    await page.getByRole("textbox", { name: "Why" }).fill("mara.alife");
    await page.getByRole("button", { name: "Ask" }).click();
    await page.getByRole("alert").getByText("alife", { exact: false }).waitFor();
  });

  it("show who holds what at any moment, mistaken or not", async () => {
    const page = await studio.open({ story: leaf, view: "minds" });
    const rows = page.locator("table.minds tbody tr");
    await rows.first().waitFor();
    const atTheEnd = await rows.count();
    await picture(page, "minds");
    const moment = page.getByRole("slider", { name: /Moment/ });
    await moment.focus();
    await page.keyboard.press("Home");
    await eventually(() => rows.count()).not.toBe(atTheEnd);
    await page.keyboard.press("End");
    await eventually(() => rows.count()).toBe(atTheEnd);
    await page.getByRole("searchbox", { name: /words/ }).fill("promise");
    await eventually(() => rows.count()).toBeLessThan(atTheEnd);
    const texts = await rows.locator("th").allTextContents();
    expect(texts.every((text) => text.includes("promise"))).toBe(true);
    await page.getByRole("combobox", { name: "Show" }).selectOption("mistaken");
    await page.locator("td.mistaken, p.nothing").first().waitFor();
  });
});
