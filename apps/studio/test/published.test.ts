/** A published story, opened as a file by a browser that has no network. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserPath, eventually, launchBrowser, patienceMs, picture } from "./opened-studio.js";

const root = join(import.meta.dirname, "..", "..", "..");

function fabula(...args: readonly string[]): string {
  const cli = join(root, "apps", "cli", "bin", "fabula.js");
  return execFileSync(process.execPath, [cli, ...args], { encoding: "utf8", maxBuffer: 1 << 26 });
}

if (browserPath === undefined) {
  console.warn("SKIPPED, no browser on this machine (FABULA_CHROMIUM may name one): published");
}

describe.skipIf(browserPath === undefined)("a published story", () => {
  const folder = mkdtempSync(join(tmpdir(), "fabula-published-"));
  const complaints: string[] = [];
  const asked: string[] = [];
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(...args: readonly string[]): Promise<Page> {
    const file = join(folder, "story.html");
    writeFileSync(file, fabula("publish", ...args));
    const context = await browser.newContext({
      viewport: { width: 1200, height: 850 },
      reducedMotion: "reduce",
      offline: true,
    });
    context.setDefaultTimeout(patienceMs);
    const page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  it("is read as the command line tells it, and every sentence can be asked", async () => {
    const change = "set mara.bond(tomas) = 0";
    const page = await open("examples/the-boat", "--seed", "4", "--change", change);
    const run = ["examples/the-boat", "--seed", "4", "--change", change];
    const lines = fabula("play", ...run, "--json")
      .trim()
      .split("\n");
    const { hash } = JSON.parse(lines.at(-1) ?? "{}");
    await eventually(() => page.locator("[data-chronicle]").getAttribute("data-chronicle")).toBe(
      hash,
    );
    await page.getByRole("combobox", { name: "Eyes" }).selectOption({ label: "Tomas" });
    const told = fabula("tell", ...run, "--eyes", "tomas")
      .split(/\s+/)
      .join(" ");
    const first = page.locator(".prose .sentence").first();
    await eventually(async () => told.includes((await first.textContent()) ?? "?")).toBe(true);
    await first.click();
    await page.locator(".inspector h2").waitFor();
    expect(await page.getByRole("button", { name: "The whole why" }).count()).toBe(0);
    await picture(page, "published");
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.getByRole("button", { name: "Dark" }).click();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });

  it("is played to its end as the one person it is for, and then read as it was for others", async () => {
    const page = await open("examples/the-boat", "--as", "mara");
    const options = page.locator(".options button");
    await options.first().waitFor();
    expect(await page.getByRole("button", { name: "Read" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Be somebody else" }).count()).toBe(0);
    const end = page.locator(".the-end");
    for (let choice = 0; choice < 60 && (await end.count()) === 0; choice += 1) {
      const made = page.locator(".chosen-list li");
      const before = await made.count();
      await options.first().press("Enter");
      await eventually(async () => (await made.count()) > before || (await end.count()) > 0).toBe(
        true,
      );
    }
    await end.waitFor();
    const prose = page.locator(".prose");
    const own = await prose.textContent();
    await page.getByRole("button", { name: "as Tomas had it" }).click();
    await eventually(() => prose.textContent()).not.toBe(own);
    await page.getByRole("button", { name: "as you had it" }).click();
    await eventually(() => prose.textContent()).toBe(own);
    await page.reload();
    await end.waitFor();
    expect(await prose.textContent()).toBe(own);
    await page.getByRole("button", { name: "From the beginning" }).click();
    await options.first().waitFor();
  });

  it("asked nothing of anybody and complained of nothing", () => {
    expect(complaints).toEqual([]);
    expect(asked.filter((url) => !/^(file|blob|data):/.test(url))).toEqual([]);
  });
});
