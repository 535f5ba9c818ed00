/**
 * The studio in a real browser, served by a real server from a folder of its own. One browser and
 * one server a test file. Where there is no browser the tests are skipped, and say so.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningServer, startServer } from "@fabula/server";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { findHosts } from "../../../scripts/hosts/find-hosts.mjs";

const root = join(import.meta.dirname, "..", "..", "..");
const pages = join(root, "apps", "studio", "dist");
const pictures = join(root, "docs", "studio");

/** Milliseconds for anything to appear: a loaded machine is slow, but not wrong. */
export const patienceMs = 60_000;

export const browserPath: string | undefined = findHosts().hosts.find(
  (host) => host.kind === "browser",
)?.path;

/** As `expect`, of what becomes so in time. */
export function eventually<T>(value: () => Promise<T>) {
  return expect.poll(value, { timeout: patienceMs });
}

export interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "light" | "dark";
}

export class OpenedStudio {
  #browser: Browser | undefined;
  #server: RunningServer | undefined;
  readonly #contexts: BrowserContext[] = [];
  /** What the pages complained about: errors nobody caught, and scripts that were refused. */
  readonly complaints: string[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), "fabula-studio-"));

  async start(): Promise<void> {
    if (!existsSync(join(pages, "index.html"))) {
      throw new Error(`${pages} holds no page: run "npm run build" before these tests`);
    }
    this.#server = await startServer({ port: 0, folder: this.folder, studio: pages });
    this.#browser = await launchBrowser();
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.#server?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get url(): string {
    return this.#server?.url ?? "";
  }

  /** A page of a browser that knows nothing yet. `place`: what stands behind `#` in the address. */
  async open(place: Readonly<Record<string, string>>, options: OpenOptions = {}): Promise<Page> {
    if (this.#browser === undefined) throw new Error("the studio was not started");
    const { width = 1280, height = 900, theme = "light" } = options;
    const context = await this.#browser.newContext({
      viewport: { width, height },
      colorScheme: theme,
      reducedMotion: "reduce",
    });
    this.#contexts.push(context);
    context.setDefaultTimeout(patienceMs);
    const page = await context.newPage();
    page.on("pageerror", (error) => this.complaints.push(error.message));
    await page.goto(addressOf(this.url, place));
    return page;
  }

  async closePages(): Promise<void> {
    for (const context of this.#contexts.splice(0)) await context.close();
    this.complaints.length = 0;
  }
}

export function addressOf(url: string, place: Readonly<Record<string, string>>): string {
  return `${url}#${new URLSearchParams(place)}`;
}

export function launchBrowser(): Promise<Browser> {
  if (browserPath === undefined) throw new Error("there is no browser on this machine");
  return chromium.launch({
    executablePath: browserPath,
    args: ["--no-sandbox"],
    timeout: patienceMs,
  });
}

/** Tests of the studio in a browser; `body` gets it before it is started. */
export function describeStudio(name: string, body: (studio: OpenedStudio) => void): void {
  if (browserPath === undefined) {
    console.warn(`SKIPPED, no browser on this machine (FABULA_CHROMIUM may name one): ${name}`);
    // biome-ignore lint/suspicious/noSkippedTests: without a browser there is nothing to test
    describe.skip(name, () => body(new OpenedStudio()));
    return;
  }
  describe(name, () => {
    const studio = new OpenedStudio();
    beforeAll(() => studio.start());
    afterAll(() => studio.stop());
    body(studio);
  });
}

/** Writes `docs/studio/NAME.png` where FABULA_SCREENSHOTS asks for it. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.FABULA_SCREENSHOTS) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}
