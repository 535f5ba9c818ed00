/** What must not harm: a server that is killed in the middle, and a text that means ill. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { addressOf, describeStudio, eventually, type OpenedStudio } from "./opened-studio.js";

const cli = join(import.meta.dirname, "..", "..", "cli", "bin", "fabula.js");
/** Each undoes what the other does. */
const endless = `
rule ticks for p: person
  when not p.tock
  then p.tock
rule tocks for p: person
  when p.tock
  then not p.tock
person has
  tock: boolean
`;
const person = '\nperson ann "Ann"\n  at = room\n';

describeStudio("the studio on trial", (studio: OpenedStudio) => {
  const running = new Set<ChildProcess>();
  afterEach(async () => {
    for (const child of running) child.kill("SIGKILL");
    running.clear();
    await studio.closePages();
  });

  async function serve(
    folder: string,
    port: string,
  ): Promise<{ url: string; child: ChildProcess }> {
    const child = spawn(process.execPath, [cli, "studio", folder, "--port", port]);
    running.add(child);
    let said = "";
    for await (const chunk of child.stdout) {
      said += String(chunk);
      const url = /The studio is open: (\S+)/.exec(said)?.[1];
      if (url !== undefined) return { url, child };
    }
    throw new Error(`the studio did not open: ${said}`);
  }

  it("loses nothing shown as saved when the server is killed in the middle of an edit", async () => {
    const folder = mkdtempSync(join(tmpdir(), "fabula-killed-"));
    const { url, child } = await serve(folder, "0");
    const page = await studio.open({});
    await page.goto(url);
    await page.getByRole("textbox", { name: "A new story" }).fill("Kept");
    await page.getByRole("button", { name: "Begin" }).click();
    const saved = page.getByRole("status").filter({ hasText: /^Saved in/ });
    await saved.waitFor();
    const editor = page.getByRole("textbox", { name: "Text of the story" });
    const write = async (line: string) => {
      await editor.click();
      await page.keyboard.press("ControlOrMeta+End");
      await page.keyboard.insertText(line);
    };
    const onDisk = async () => readFileSync(join(folder, "kept.fabula"), "utf8");
    await write("// before\n");
    await eventually(onDisk).toContain("// before");
    await saved.waitFor();
    const dead = once(child, "exit");
    await write("// in the middle\n");
    child.kill("SIGKILL");
    await dead;
    await page.getByText("Reading and playing go on", { exact: false }).waitFor();
    await write("// while it was away\n");
    await page.getByText("Only in this browser", { exact: false }).waitFor();
    expect(await onDisk()).toContain("// before");
    await serve(folder, new URL(url).port);
    await page
      .getByText("Reading and playing go on", { exact: false })
      .waitFor({ state: "detached" });
    await saved.waitFor();
    const text = await onDisk();
    for (const line of ["// before", "// in the middle", "// while it was away"]) {
      expect(text.split(line).length - 1, line).toBe(1);
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it("shows a name that is a script as text", async () => {
    const script =
      "<img src=x onerror=document.title='hurt'><script>document.title='hurt'</script>";
    const text = `story ill "${script}"\nuse std\n\nbegins day 1 9:00\nends after 1 min\n\nplace room "the room"\n\nperson ann "${script}"\n  at = room\n`;
    writeFileSync(join(studio.folder, "ill.fabula"), text);
    for (const view of ["read", "timeline", "minds", "play", "write"]) {
      const page = await studio.open({ story: "mine/ill.fabula", view });
      await page.getByRole("heading", { level: 1 }).getByText("<img", { exact: false }).waitFor();
      await page.getByText("Playing the story").waitFor({ state: "detached" });
      expect(await page.locator("img, main script").count()).toBe(0);
      expect(await page.title()).not.toBe("hurt");
    }
    expect(studio.complaints).toEqual([]);
  });

  it("names a rule that runs for ever, and goes on", async () => {
    const text = `story loop "Loop"\nuse std\n\nbegins day 1 9:00\nends after 1 min\n\nplace room "the room"\n${person}\n${endless}`;
    writeFileSync(join(studio.folder, "loop.fabula"), text);
    const page = await studio.open({ story: "mine/loop.fabula" });
    await page
      .getByRole("alert")
      .getByText(/ticks|tocks/)
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Stories" }).click();
    await page.getByRole("button", { name: "The boat" }).click();
    await page.locator(".prose .sentence").first().waitFor();
  });

  it("refuses a text that is too large, and says that it is only here", async () => {
    const huge = "x".repeat(3_000_000);
    const answer = await fetch(`${studio.url}api/files/huge.fabula`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text: huge, base: "" }),
    });
    expect(answer.status).toBe(400);
    const page = await studio.open({});
    await page.evaluate(
      (text) => {
        localStorage.setItem("fabula.draft/mine/huge.fabula", JSON.stringify({ text, base: "" }));
      },
      `story huge "Huge"\n// ${"x".repeat(2_100_000)}`,
    );
    await page.goto(addressOf(studio.url, { story: "mine/huge.fabula", view: "write" }));
    await page.reload();
    await page.getByRole("alert").getByText("Only in this browser", { exact: false }).waitFor();
    expect((await fetch(`${studio.url}api/health`)).status).toBe(200);
  });

  it("says that a file of 100 MB was not read, and reads the others", async () => {
    writeFileSync(join(studio.folder, "vast.fabula"), "");
    truncateSync(join(studio.folder, "vast.fabula"), 100_000_000);
    const page = await studio.open({});
    await page.getByRole("alert").getByText("vast.fabula was not read", { exact: false }).waitFor();
    rmSync(join(studio.folder, "vast.fabula"));
    await page.getByRole("button", { name: "The boat" }).click();
    await page.locator(".prose .sentence").first().waitFor();
    expect((await fetch(`${studio.url}api/health`)).status).toBe(200);
  });

  it("plays the same chronicle as the command line", async () => {
    const story = "leaf/stories/until-the-end.fabula";
    const page = await studio.open({ story, seed: "7" });
    const hash = await page.locator("[data-chronicle]").getAttribute("data-chronicle");
    const worlds = join(import.meta.dirname, "..", "..", "..", "worlds");
    const played = execFileSync(
      process.execPath,
      [cli, "play", join(worlds, story), "--seed", "7", "--json"],
      { encoding: "utf8", maxBuffer: 64_000_000 },
    );
    const end = JSON.parse(played.trim().split("\n").at(-1) ?? "{}") as { hash?: string };
    expect(end.hash).toMatch(/^[0-9a-f]{8,}/);
    expect(hash).toBe(end.hash);
  });
});
