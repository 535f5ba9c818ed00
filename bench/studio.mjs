/**
 * The studio in a real browser, as a reader meets it. `npm run bench:studio [-- --json]`, after a
 * build; needs Chromium and skips loudly without it.
 *
 * - opening: from the address to the first sentence of a bundled story, browser and page cold;
 * - timeline: a run of 100,000 occurrences, from the click to the first picture; then frames a
 *   second while it is dragged and zoomed, the picture drawn anew in each;
 * - why: a graph of more than 500 occurrences, from the click that asks for them to all in place;
 * - writing: from a keystroke in a world of 2,000 lines to the error that it makes.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer } from "@fabula/server";
import { chromium } from "playwright-core";
import { findHosts } from "../scripts/hosts/find-hosts.mjs";
import { HouseError, main, root } from "../scripts/house.mjs";

const patience = 120_000;
const boat = "examples/the-boat.fabula";

const reach = {
  openingSeconds: ["at most", 3],
  timelineSeconds: ["at most", 0.5],
  dragFrames: ["at least", 50],
  zoomFrames: ["at least", 50],
  whySeconds: ["at most", 1],
  keystrokeSeconds: ["at most", 0.15],
};

await main(async () => {
  const json = process.argv.includes("--json");
  const host = findHosts().hosts.find(({ kind }) => kind === "browser");
  if (host === undefined) {
    console.error("SKIPPED: there is no Chromium here, and nothing was measured");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "fabula-bench-"));
  writeFileSync(join(folder, "many.fabula"), manyHappenings());
  writeFileSync(join(folder, "long.fabula"), longWorld());
  const pages = join(root, "apps", "studio", "dist");
  const server = await startServer({ port: 0, folder, studio: pages });
  const browser = await chromium.launch({ executablePath: host.path, args: ["--no-sandbox"] });
  try {
    const measured = {};
    for (const measure of [opening, timeline, why, writing]) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      context.setDefaultTimeout(patience);
      const page = await context.newPage();
      Object.assign(measured, await measure(page, (place) => addressOf(server.url, place)));
      await context.close();
    }
    report(measured, json);
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

function addressOf(url, place) {
  const address = new URL(url);
  address.hash = new URLSearchParams(place).toString();
  return address.href;
}

/** Thirty-one players, each with a count that is full every few seconds: a chain of causes for each. */
function manyHappenings() {
  return `story many "Many happenings"
ends after 22000 s
unit s of time
type person
person has
  fill: quantity 0 .. 10 = 0
  pace: number in per s = 1 per s
  struck: number 0 .. 1000000000 = 0
person lead "Lead"
person player "a player" times 30
  pace = 0.5 per s .. 1.5 per s
process fills for p: person
  while p.pace > 0 per s
  p.fill rises by p.pace
rule strikes for p: person
  when p.fill >= 6
  then
    p.fill = 0
    p.struck rises by 1
`;
}

/** The boat, made longer by persons, fields and actions of the same kind, to 2,000 lines. */
function longWorld() {
  const text = readFileSync(join(root, "worlds", boat), "utf8");
  const parts = [text];
  for (let count = 1; parts.join("").split("\n").length < 2000; count += 1) {
    parts.push(`
place spot_${count} "spot ${count}"
person hand_${count} "Hand ${count}"
  at = spot_${count}
  bond(mara) = 0.${count % 10}
person has
  waved_${count}: boolean
action wave_${count}(other: person) by p: person
  needs p.alive and p.at = other.at and not p.waved_${count}
  takes 2 s
  at end
    p.waved_${count}
  told "{p} wave{p.s} at {other}."
`);
  }
  return parts.join("");
}

async function opening(page, address) {
  const start = performance.now();
  await page.goto(address({ story: "leaf/stories/until-the-end.fabula" }));
  await page.locator("article button, article [role=button]").first().waitFor();
  return { openingSeconds: (performance.now() - start) / 1000 };
}

async function timeline(page, address) {
  await page.goto(address({ story: "mine/many.fabula" }));
  await page.getByRole("button", { name: "Timeline", exact: true }).waitFor();
  await page.locator("article").first().waitFor();
  const seconds = await page.evaluate(async () => {
    const isDrawn = (canvas) => {
      const { width, height } = canvas;
      const { data } = canvas.getContext("2d").getImageData(0, 0, width, Math.min(200, height));
      return data.some((value) => value !== 0);
    };
    const start = performance.now();
    [...document.querySelectorAll("button")].find((one) => one.textContent === "Timeline").click();
    for (;;) {
      await new Promise(requestAnimationFrame);
      const canvas = document.querySelector(".canvas canvas");
      if (canvas !== null && isDrawn(canvas)) return (performance.now() - start) / 1000;
    }
  });
  const count = await page.locator(".list-twin summary").textContent();
  const occurrences = Number(/(\d+) things/.exec(count)?.[1]);
  if (!(occurrences >= 100_000)) throw new HouseError(`the run has only ${count}`);
  return {
    occurrences,
    timelineSeconds: seconds,
    dragFrames: await framesWhile(page, "drag"),
    zoomFrames: await framesWhile(page, "zoom"),
  };
}

/** Median frames a second over 60 frames, each with a new stretch. */
function framesWhile(page, how) {
  return page.evaluate(async (kind) => {
    const canvas = document.querySelector(".canvas canvas");
    const lengths = [];
    let before = await new Promise(requestAnimationFrame);
    for (let turn = 0; turn < 60; turn += 1) {
      const offset =
        kind === "zoom"
          ? { deltaY: turn < 30 ? -100 : 100 }
          : { deltaX: turn % 20 < 10 ? 20 : -20 };
      const box = canvas.getBoundingClientRect();
      const at = { clientX: box.left + 400, clientY: box.top + 100 };
      canvas.dispatchEvent(
        new WheelEvent("wheel", { ...offset, ...at, cancelable: true, bubbles: true }),
      );
      const now = await new Promise(requestAnimationFrame);
      lengths.push(now - before);
      before = now;
    }
    lengths.sort((a, b) => a - b);
    return 1000 / lengths[30];
  }, how);
}

async function why(page, address) {
  await page.goto(
    address({ story: "mine/many.fabula", view: "why", question: "lead.struck = 700" }),
  );
  const note = page.locator(".note-line").first();
  await note.waitFor();
  let nodes = 16;
  let seconds = 0;
  while (nodes < 500) {
    const more = page.getByRole("button", { name: "Show what lies further back" }).first();
    await more.waitFor();
    const before = nodes;
    seconds = await page.evaluate(async (least) => {
      const start = performance.now();
      [...document.querySelectorAll("button")]
        .find((one) => one.textContent.includes("further back"))
        .click();
      for (;;) {
        await new Promise(requestAnimationFrame);
        const laidOut = Number(document.querySelector(".graph")?.dataset.laidOut ?? 0);
        if (laidOut > least) return (performance.now() - start) / 1000;
      }
    }, before);
    nodes = Number(/^(\d+) occurrences/.exec(await note.textContent())?.[1]);
  }
  return { whyNodes: nodes, whySeconds: seconds };
}

async function writing(page, address) {
  await page.goto(address({ story: "mine/long.fabula", view: "write" }));
  const editor = page.locator(".cm-content");
  await editor.click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("\nperson last\n  at = spot_");
  await page.locator(".cm-lint-marker-error").first().waitFor();
  const seconds = [];
  for (let turn = 0; turn < 5; turn += 1) {
    await page.keyboard.type("1");
    await page.locator(".cm-lint-marker-error").first().waitFor({ state: "detached" });
    await page.waitForTimeout(500);
    await page.evaluate(() => {
      window.noticed = new Promise((resolve) => {
        const start = () => {
          const begun = performance.now();
          const look = () => {
            if (document.querySelector(".cm-lint-marker-error") === null)
              requestAnimationFrame(look);
            else resolve((performance.now() - begun) / 1000);
          };
          look();
        };
        document.querySelector(".cm-content").addEventListener("keydown", start, { once: true });
      });
    });
    await page.keyboard.press("Backspace");
    seconds.push(await page.evaluate(() => window.noticed));
  }
  seconds.sort((a, b) => a - b);
  return { keystrokeSeconds: seconds[2] };
}

function report(measured, json) {
  const rows = Object.entries(measured).map(([name, value]) => {
    const [kind, limit] = reach[name] ?? [];
    const reached = kind === undefined || (kind === "at most" ? value <= limit : value >= limit);
    return { name, value, wanted: kind === undefined ? "" : `${kind} ${limit}`, reached };
  });
  if (json) console.log(JSON.stringify({ measured: rows }, null, 2));
  else {
    for (const { name, value, wanted, reached } of rows) {
      console.log(
        `${name.padEnd(18)} ${value.toFixed(3).padStart(12)}  ${wanted}${reached ? "" : "  NOT REACHED"}`,
      );
    }
  }
}
