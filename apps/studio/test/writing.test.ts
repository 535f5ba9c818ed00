/** Write, and the server under it: what is shown as saved is on the disk, whatever happens. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterEach, expect, it } from "vitest";
import { describeStudio, eventually, type OpenedStudio, picture } from "./opened-studio.js";

const editor = (page: Page) => page.getByRole("textbox", { name: "Text of the story" });
const result = (page: Page) => page.getByRole("region", { name: "What it plays to" });
const saved = (page: Page) => page.getByRole("status").filter({ hasText: /^Saved in/ });

async function begin(studio: OpenedStudio, title: string): Promise<Page> {
  const page = await studio.open({});
  await page.getByRole("textbox", { name: "A new story" }).fill(title);
  await page.getByRole("button", { name: "Begin", exact: true }).click();
  await editor(page).waitFor();
  await saved(page).waitFor();
  return page;
}

async function replaceAll(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

describeStudio("writing in the studio", (studio: OpenedStudio) => {
  afterEach(() => studio.closePages());
  const onDisk = (name: string) => readFileSync(join(studio.folder, name), "utf8");

  it("puts one's own stories first on the shelf, in whatever script they are named", async () => {
    const page = await begin(studio, "Straße am Fluß");
    expect(onDisk("straße_am_fluß.fabula")).toContain('story straße_am_fluß "Straße am Fluß"');
    await page.getByRole("button", { name: "Stories" }).click();
    const first = page.locator("main section").first();
    await eventually(() => first.getAttribute("aria-label")).toBe("mine");
    await first.getByRole("button", { name: /^Straße am Fluß/ }).waitFor();
  });

  it("begins from a template that plays, is saved as one types, and plays anew", async () => {
    const page = await begin(studio, "A quiet room");
    expect(onDisk("a_quiet_room.fabula")).toContain('story a_quiet_room "A quiet room"');
    await result(page).getByRole("heading", { name: "A quiet room" }).waitFor();
    await editor(page).click();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.insertText(
      '\nrule rises for p: person\n  when p.awake and not p.tired\n  then p.tired\n  told "{p} yawn{p.s}."\nperson has\n  tired: boolean\n',
    );
    await result(page).getByText("Ada yawns.", { exact: false }).waitFor();
    await saved(page).waitFor();
    expect(onDisk("a_quiet_room.fabula")).toContain("rule rises for p");
    await picture(page, "write");
  });

  it("marks errors with place and remedy, and goes there", async () => {
    const page = await begin(studio, "Slips");
    const text = onDisk("slips.fabula");
    await replaceAll(page, text.replace("bond(ben)", "bond(benn)"));
    const problems = page.getByRole("region", { name: "What is wrong" });
    await problems.getByText("benn", { exact: false }).first().waitFor();
    await problems.getByText("Try: ", { exact: false }).first().waitFor();
    await problems.getByText("is of the text as it was before", { exact: false }).waitFor();
    await problems.getByRole("button").first().click();
    await replaceAll(page, text);
    await page.getByText("Nothing is wrong with the text.").waitFor();
  });

  it("completes, formats and renames", async () => {
    const page = await begin(studio, "Tools");
    const text = onDisk("tools.fabula");
    await replaceAll(page, text.replace("  pronoun = she", "  pronoun =   she"));
    await page.getByRole("button", { name: "Format" }).click();
    await eventually(() => editor(page).textContent()).toContain("  pronoun = she");
    await editor(page).getByText("person ben").click();
    await page.keyboard.press("Home");
    for (let step = 0; step < 8; step += 1) await page.keyboard.press("ArrowRight");
    await page.getByRole("textbox", { name: /New name/ }).fill("bob");
    await page.getByRole("button", { name: "Rename" }).click();
    await eventually(() => editor(page).textContent()).toContain("person bob");
    await eventually(() => editor(page).textContent()).toContain("bond(bob)");
    await editor(page).click();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type('\nexpect E1 "so"\n  ada.al');
    await page.locator(".cm-tooltip-autocomplete").getByText("alive").first().waitFor();
  });

  it("takes in what was written elsewhere, and never writes over it", async () => {
    const page = await begin(studio, "Two hands");
    const text = onDisk("two_hands.fabula");
    writeFileSync(
      join(studio.folder, "two_hands.fabula"),
      text.replace("the old bridge", "the hall"),
    );
    await eventually(() => editor(page).textContent()).toContain("the hall");
    await page.context().route("**/api/files/**", (route) => route.abort());
    await editor(page).click();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.insertText("// mine\n");
    await page.getByRole("alert").getByText("Only in this browser", { exact: false }).waitFor();
    await page.context().unroute("**/api/files/**");
    writeFileSync(
      join(studio.folder, "two_hands.fabula"),
      text.replace("the old bridge", "the attic"),
    );
    await page.getByText("Changed on disk meanwhile", { exact: false }).waitFor();
    expect(onDisk("two_hands.fabula")).toContain("the attic");
    await page.getByRole("button", { name: "Keep mine" }).click();
    await saved(page).waitFor();
    expect(onDisk("two_hands.fabula")).toContain("// mine");
    await page.getByRole("button", { name: "Versions" }).click();
    const versions = page.getByRole("combobox", { name: "Go back to a version" });
    await versions.waitFor();
    expect(await versions.locator("option").count()).toBeGreaterThan(1);
  });

  it("is only a copy away from what comes with Fabula", async () => {
    const page = await studio.open({ story: "examples/the-boat.fabula", view: "write" });
    await page.getByText("comes with Fabula").waitFor();
    await page.getByRole("button", { name: "Write a copy of your own" }).click();
    await saved(page).waitFor();
    expect(onDisk("the-boat.fabula")).toContain("story boat");
  });
});
