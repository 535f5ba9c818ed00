/** Read, the shelf, and what stands behind a sentence. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterEach, expect, it } from "vitest";
import {
  addressOf,
  describeStudio,
  eventually,
  type OpenedStudio,
  picture,
} from "./opened-studio.js";

const story = "examples/the-boat.fabula";
const leaf = "leaf/stories/until-the-end.fabula";
const root = join(import.meta.dirname, "..", "..", "..");
const sentences = (page: Page) => page.locator(".prose .sentence");

const occurrencesOn = (page: Page) =>
  page
    .locator(".prose [data-occurrence]")
    .evaluateAll((found) => found.map((one) => Number((one as HTMLElement).dataset.occurrence)));

async function changeEyes(page: Page, eyes: string): Promise<void> {
  const before = await page.locator(".prose").textContent();
  await page.getByRole("combobox", { name: "Eyes" }).selectOption(eyes);
  await page.waitForFunction((old) => {
    const now = document.querySelector(".prose")?.textContent;
    return now !== undefined && now !== old;
  }, before);
}

/** What the command line writes. */
function fabula(command: string, path: string, ...args: readonly string[]): Buffer {
  const cli = join(root, "apps", "cli", "bin", "fabula.js");
  const file = join(root, "worlds", path);
  return execFileSync(process.execPath, [cli, command, file, ...args], { maxBuffer: 1 << 26 });
}

function tell(path: string, ...args: readonly string[]): Buffer {
  return fabula("tell", path, ...args);
}

/** Name and bytes of what the page gives to keep. */
async function saved(page: Page, form: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole("combobox", { name: "As a file" }).selectOption(form);
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save" }).press("Enter");
  const download = await coming;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

describeStudio("the studio's page of a story", (studio: OpenedStudio) => {
  afterEach(() => studio.closePages());

  it("is reached from the shelf, which holds stories and no modules", async () => {
    const page = await studio.open({});
    await page.getByRole("button", { name: "The boat" }).waitFor();
    const paths = await page.locator(".story-path").allTextContents();
    expect(paths).toContain(story);
    expect(paths.filter((path) => path.startsWith("std/"))).toEqual([]);
    await picture(page, "shelf");
    await page.getByRole("button", { name: "The boat" }).click();
    await sentences(page).first().waitFor();
    expect(new URL(page.url()).hash).toContain(encodeURIComponent(story));
    expect(studio.complaints).toEqual([]);
  });

  it("can be read before the engine is there, with what the engine then says itself", async () => {
    let letIn = () => {};
    const gate = new Promise<void>((resolve) => {
      letIn = resolve;
    });
    const page = await studio.open({});
    await page.context().route("**/assets/worker-*.js", async (route) => {
      await gate;
      await route.continue();
    });
    await page.goto(addressOf(studio.url, { story: leaf }));
    await page.reload();
    await sentences(page).first().waitFor();
    const told = await page.locator(".prose").textContent();
    letIn();
    await changeEyes(page, "person:sakura");
    await changeEyes(page, "person:");
    await eventually(() => page.locator(".prose").textContent()).toBe(told);
  });

  it("shows what is behind a sentence, by click and by keyboard, and closes it", async () => {
    const page = await studio.open({ story });
    const drinks = sentences(page).filter({ hasText: "drinks from the flask" });
    await drinks.click();
    const panel = page.getByRole("complementary", { name: "Behind the sentence" });
    await panel.getByRole("heading", { name: /drinks from the flask/ }).waitFor();
    await panel.getByRole("heading", { name: "And so" }).waitFor();
    await panel.getByRole("heading", { name: "Who noticed" }).waitFor();
    await panel.getByRole("heading", { name: "Because" }).waitFor();
    await picture(page, "read");
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    await drinks.focus();
    await page.keyboard.press("Enter");
    await panel.waitFor();
  });

  it("leaves out what these eyes do not know", async () => {
    const page = await studio.open({ story: leaf });
    await sentences(page).first().waitFor();
    const all = await occurrencesOn(page);
    await changeEyes(page, "person:sakura");
    const hers = new Set(await occurrencesOn(page));
    expect(hers.size).toBeGreaterThan(0);
    expect(all.filter((one) => !hers.has(one)).length).toBeGreaterThan(0);
  });

  it("keeps the reader's place when the eyes change in the middle", async () => {
    const page = await studio.open({ story: leaf, eyes: "sakura" }, { height: 500 });
    await sentences(page).first().waitFor();
    const before = await occurrencesOn(page);
    const middle = before[Math.floor(before.length * 0.6)] ?? 0;
    await page
      .locator(`[data-occurrence="${middle}"]`)
      .first()
      .evaluate((one) => window.scrollBy({ top: one.getBoundingClientRect().top - 120 }));
    await changeEyes(page, "person:kakashi");
    const after = await occurrencesOn(page);
    const firstOnScreen = () =>
      page.evaluate(() => {
        const found = [...document.querySelectorAll<HTMLElement>("[data-occurrence]")];
        const first = found.find((one) => one.getBoundingClientRect().bottom > 70);
        return Number(first?.dataset.occurrence);
      });
    const near = [...after].sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle)).slice(0, 8);
    await eventually(async () => near.includes(await firstOnScreen())).toBe(true);
    expect(await firstOnScreen()).not.toBe(after[0]);
  });

  it("is saved as the files that the command line writes, byte for byte", async () => {
    const change = "set mara.bond(tomas) = 0";
    const page = await studio.open({ story, eyes: "tomas", seed: "4", change });
    const run = ["--eyes", "tomas", "--seed", "4", "--change", change];
    const book = await saved(page, "epub");
    expect(book.name).toBe("the-boat-tomas.epub");
    expect(book.bytes.equals(tell(story, ...run, "--form", "epub"))).toBe(true);
    const state = page.getByRole("status").filter({ hasText: "the-boat-tomas" });
    await eventually(() => state.textContent()).toBe("Saved as the-boat-tomas.epub");
    const playable = await saved(page, "playable");
    expect(playable.name).toBe("the-boat-tomas-play.html");
    const published = ["--as", "tomas", ...run.slice(2)];
    expect(playable.bytes.equals(fabula("publish", story, ...published))).toBe(true);
    const text = await saved(page, "markdown");
    expect(text.name).toBe("the-boat-tomas.md");
    expect(text.bytes.toString()).toBe(tell(story, ...run, "--form", "markdown").toString());
    expect(studio.complaints).toEqual([]);
  });

  it("is saved in the order of the story's own telling, and named by it", async () => {
    const page = await studio.open({ story: leaf, telling: "as_written" });
    const { name, bytes } = await saved(page, "outline");
    expect(name).toBe("until-the-end-as_written-outline.txt");
    const args = ["--telling", "as_written", "--voice", "name", "--form", "outline"];
    expect(bytes.toString()).toBe(tell(leaf, ...args).toString());
  });

  it("is there again from its address alone, marks and all", async () => {
    const page = await studio.open({ story, eyes: "tomas", marks: "yes", seed: "4" });
    await sentences(page).first().waitFor();
    const told = await page.locator(".prose").textContent();
    const again = await studio.open({ story, eyes: "tomas", marks: "yes", seed: "4" });
    await sentences(again).first().waitFor();
    await eventually(() => again.locator(".prose").textContent()).toBe(told);
    await again.getByRole("checkbox", { name: /believed but not so/ }).waitFor();
    expect(await again.getByRole("checkbox", { name: /believed but not so/ }).isChecked()).toBe(
      true,
    );
  });

  it("says what is wrong with an address that leads nowhere", async () => {
    const page = await studio.open({ story: "mine/never-written.fabula" });
    await page.getByRole("alert").getByText("never-written", { exact: false }).waitFor();
    const odd = await studio.open({ story, eyes: "somebody-else", at: "99999", view: "nonsense" });
    await odd.getByText("nothing of that number happened", { exact: false }).waitFor();
    const changed = await studio.open({ story, change: "set nobody.there = 1" });
    await changed.getByRole("alert").waitFor();
    expect(studio.complaints).toEqual([]);
  });
});
