/**
 * Makes one page of what Vite made for published stories: script and style stand in the page, and a
 * policy that lets it reach nothing else. `publishedPage` of packages/fabula puts the story in.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HouseError, main, root } from "./house.mjs";

const built = join(root, "apps", "studio", "build", "published");
const script = /<script type="module"[^>]* src="([^"]+)"><\/script>\n?/;
const style = /<link rel="stylesheet"[^>]* href="([^"]+)">\n?/;

await main(() => {
  const html = readFileSync(join(built, "published.html"), "utf8");
  // In a string or a pattern, the only places it can be, this means the same.
  const code = textOf(html, script).replaceAll("</script", "<\\/script");
  const rules = textOf(html, style);
  if (code.includes("<!--")) throw new HouseError("a script would hide the end of its place");
  if (rules.includes("</style")) throw new HouseError("a style would end its place in the page");
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${createHash("sha256").update(code).digest("base64")}' blob:`,
    "worker-src blob:",
    "style-src 'unsafe-inline'",
    "img-src data:",
  ].join("; ");
  const page = html
    .replace(script, "")
    .replace(style, () => `<style>${rules}</style>\n`)
    .replace(
      "<title>",
      () => `<meta http-equiv="Content-Security-Policy" content="${policy}" />\n    <title>`,
    )
    .replace("</body>", () => `  <script type="module">${code}</script>\n  </body>`);
  writeFileSync(join(root, "apps", "studio", "dist", "published.html"), page);
});

/** What the page fetches there. */
function textOf(html, reference) {
  const place = reference.exec(html)?.[1];
  if (place === undefined) throw new HouseError(`the published page has no ${reference.source}`);
  return readFileSync(join(built, place), "utf8");
}
