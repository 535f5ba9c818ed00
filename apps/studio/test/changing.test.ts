/** What if, and play as. */
import { afterEach, expect, it } from "vitest";
import { describeStudio, eventually, type OpenedStudio, picture } from "./opened-studio.js";

const story = "examples/the-boat.fabula";

describeStudio("what if in the studio", (studio: OpenedStudio) => {
  afterEach(() => studio.closePages());

  it("tries a change, shows what followed, and reads both stories side by side", async () => {
    const page = await studio.open({ story, view: "what-if" });
    await page.getByText("she does not care for him").click();
    const difference = page.getByRole("region", { name: "What it changes" });
    await difference.getByRole("heading", { name: /The stories part at/ }).waitFor();
    expect(new URL(page.url()).hash).toContain("change=");
    await page.getByRole("button", { name: "Read both stories side by side" }).click();
    const written = page.getByRole("article", { name: "as written" });
    const changed = page.getByRole("article", { name: "as changed" });
    await written.getByText("Tomas drinks from the flask", { exact: false }).waitFor();
    await changed.getByText("Mara drinks from the flask", { exact: false }).waitFor();
    await changed.locator("mark").first().waitFor();
    await picture(page, "what-if");
    await page.getByRole("button", { name: "take back" }).click();
    await difference.waitFor({ state: "detached" });
  });

  it("tells apart what both stories have, only at another time", async () => {
    const change = "set mara.bond(tomas) = 0.7";
    const page = await studio.open({ story, view: "what-if", change });
    const difference = page.getByRole("region", { name: "What it changes" });
    await difference.getByText(/In both, only at another time: \d/).click();
    await difference
      .getByText(/\d m?s (later|earlier)/)
      .first()
      .waitFor();
  });

  it("says what is wrong with a change, and what to try", async () => {
    const page = await studio.open({ story, view: "what-if" });
    await page.getByRole("textbox", { name: "Change" }).fill("set marra.thirst = 10%");
    await page.getByRole("button", { name: "Try it" }).click();
    await page.getByRole("alert").getByText("marra", { exact: false }).first().waitFor();
    await page.getByRole("alert").getByText("mara", { exact: false }).first().waitFor();
    const change = page.getByRole("textbox", { name: "Change" });
    expect(await change.inputValue()).toBe("set marra.thirst = 10%");
    await change.fill("set mara.thirst = 10%");
    await page.getByRole("button", { name: "Try it" }).click();
    await page.getByRole("button", { name: "take back" }).waitFor();
    await eventually(() => page.getByRole("alert").count()).toBe(0);
  });

  it("lets a change be taken back that came with the address and does not fit", async () => {
    const page = await studio.open({ story, change: "set marra.thirst = 10%" });
    await page.getByRole("alert").getByText("marra", { exact: false }).first().waitFor();
    await page.getByRole("button", { name: "take back" }).click();
    await page.locator(".prose .sentence").first().waitFor();
  });

  it("counts how often, as written and as changed, with intervals", async () => {
    const change = "set mara.bond(tomas) = 0";
    const page = await studio.open({ story, view: "what-if", change });
    await page.getByRole("textbox", { name: "Does it come to" }).fill("tomas.drink(flask)");
    await page.getByRole("combobox", { name: "Runs" }).selectOption("20");
    await page.getByRole("button", { name: "Count" }).click();
    const rows = page.locator(".odds-row");
    await rows
      .filter({ hasText: "as written" })
      .getByText(/of 20; likely between/)
      .waitFor();
    await rows.filter({ hasText: "as changed" }).getByText("0 of 20", { exact: false }).waitFor();
    expect(await page.locator(".interval").count()).toBe(2);
  });

  it("finds the least that must be different, and shows what follows from it", async () => {
    const page = await studio.open({ story, view: "what-if" });
    const panel = page.getByRole("region", { name: "What would have to be different" });
    await panel.getByRole("textbox", { name: "For it to come to" }).fill("mara.drink(flask)");
    await panel.getByRole("button", { name: "Look" }).click();
    await panel.getByText("forbid mara.hand_over(flask, tomas)").waitFor();
    await panel.scrollIntoViewIfNeeded();
    await picture(page, "least-change");
    await panel.getByRole("button", { name: "see what follows" }).first().click();
    await page.getByRole("heading", { name: /The stories part at/ }).waitFor();
  });

  it("stops looking when it is told to", async () => {
    const page = await studio.open({ story, view: "what-if" });
    const panel = page.getByRole("region", { name: "What would have to be different" });
    await panel.getByRole("textbox", { name: "For it to come to" }).fill("mara.thirst = 3%");
    await panel.getByRole("combobox", { name: "playing at most" }).selectOption("1000");
    await panel.getByRole("button", { name: "Look" }).click();
    await panel.getByRole("button", { name: "Stop" }).click();
    await panel.getByRole("alert").waitFor();
  });

  it("keeps branches by name, as a tree, over a visit", async () => {
    const change = "set mara.bond(tomas) = 0";
    const page = await studio.open({ story, view: "what-if", change });
    const branches = page.getByRole("complementary", { name: "Branches" });
    await branches.getByRole("textbox", { name: "Name of this branch" }).fill("cold");
    await branches.getByRole("button", { name: "Keep" }).click();
    await branches.getByRole("button", { name: "as written" }).click();
    await page.reload();
    await branches.getByRole("button", { name: "cold", exact: true }).click();
    await page.getByRole("heading", { name: /The stories part at/ }).waitFor();
    await branches.getByRole("button", { name: "Forget cold" }).click();
    await branches.getByRole("textbox", { name: "Name of this branch" }).waitFor();
  });
});

describeStudio("play as in the studio", (studio: OpenedStudio) => {
  afterEach(() => studio.closePages());

  it("lets a reader choose, go back, leave, and come again", async () => {
    const page = await studio.open({ story, view: "play" });
    await page.getByRole("button", { name: "Mara" }).click();
    const options = page.getByRole("region", { name: "What do you do?" });
    await options.getByRole("button").first().waitFor();
    await picture(page, "play-as");
    await options
      .getByRole("button", { name: /drink from the flask/ })
      .first()
      .click();
    const made = page.getByRole("complementary", { name: "What you chose" });
    await made.getByText(/drink from the flask/).waitFor();
    await page.locator(".prose").getByText("You drink from the flask", { exact: false }).waitFor();
    await page.reload();
    await made.getByText(/drink from the flask/).waitFor();
    await made.getByRole("button", { name: "choose again" }).first().click();
    await options
      .getByRole("button", { name: /drink from the flask/ })
      .first()
      .waitFor();
    expect(await made.getByText(/drink from the flask/).count()).toBe(0);
    await made.getByRole("button", { name: "Be somebody else" }).click();
    await page.getByRole("heading", { name: "Who will you be?" }).waitFor();
  });

  it("shows how one is and what one perceives, and undoes the last choice", async () => {
    const page = await studio.open({ story, view: "play" });
    await page.getByRole("button", { name: "Mara" }).click();
    const beside = page.getByRole("complementary", { name: "What you chose" });
    await beside.getByText("You are at the boat.", { exact: false }).waitFor();
    await beside.getByText("You have the flask.").waitFor();
    const options = page.getByRole("region", { name: "What do you do?" });
    await options
      .getByRole("button", { name: /drink from the flask/ })
      .first()
      .click();
    await beside.getByText(/^\S+ drink from the flask/).waitFor();
    await beside.getByRole("button", { name: "Undo" }).click();
    await eventually(() => beside.locator(".chosen-list li").count()).toBe(0);
    await beside.getByText("You have the flask.").waitFor();
  });

  it("says what one is after, and of another what that one is", async () => {
    const page = await studio.open({ story: "examples/the-two-seals.fabula", view: "play" });
    await page.getByRole("button", { name: "the chamberlain" }).click();
    const hopes = page.locator(".hoped-list li");
    await eventually(() => hopes.allTextContents()).toEqual([
      "that the captain believes that the letter is forged, as long as the letter is forged",
    ]);
    await page.getByRole("button", { name: "Be somebody else" }).click();
    await page.getByRole("button", { name: "the captain" }).click();
    await eventually(async () => (await hopes.allTextContents()).join()).toContain("as long as");
  });
});
