/** axe on every view, light and dark, wide and on a tablet. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterEach, expect, it } from "vitest";
import { describeStudio, type OpenedStudio } from "./opened-studio.js";

const story = "examples/the-boat.fabula";

/** What must be there before a view is looked at. */
const views: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ["shelf", {}, ".story"],
  ["read", { story, at: "3", marks: "yes" }, ".inspector h2"],
  ["timeline", { story, view: "timeline", at: "3" }, ".inspector h2"],
  ["why", { story, view: "why", question: "not flask.full" }, ".cause.root"],
  ["minds", { story, view: "minds" }, "table.minds"],
  ["what if", { story, view: "what-if", change: "set mara.bond(tomas) = 0" }, ".difference h2"],
  ["play as", { story, view: "play", eyes: "mara" }, ".options button"],
  ["write", { story, view: "write" }, ".cm-content"],
];

async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary}`),
  );
}

describeStudio("axe", (studio: OpenedStudio) => {
  afterEach(() => studio.closePages());

  for (const [name, place, shown] of views) {
    it(`finds nothing in ${name}`, async () => {
      const page = await studio.open(place, { width: 1280, height: 1100 });
      await page.locator(shown).first().waitFor();
      expect(await faults(page)).toEqual([]);
      await page.setViewportSize({ width: 820, height: 1100 });
      await page.getByRole("button", { name: /dark/i }).click();
      expect(await faults(page)).toEqual([]);
      expect(studio.complaints).toEqual([]);
    });
  }

  it("finds a fault that is planted", async () => {
    const page = await studio.open({});
    await page.locator(".story").first().waitFor();
    await page.evaluate(() => document.querySelector("label")?.remove());
    await page.evaluate(() => document.querySelector("input")?.removeAttribute("placeholder"));
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map((one) => one.id)).toContain("label");
  });
});
