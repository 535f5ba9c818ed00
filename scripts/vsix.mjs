/**
 * The extension of VS Code as one file that VS Code installs, without any marketplace:
 * `npm run vsix`, then `code --install-extension editors/vscode/build/fabula-vscode-VERSION.vsix`.
 *
 * A .vsix is a zip archive: the extension's files under `extension/`, a manifest for whoever
 * installs it, and a list of the kinds of files (the Open Packaging Conventions). The same sources
 * give the same bytes.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { strToU8, zipSync } from "fflate";
import { build } from "./build.mjs";
import { HouseError, main, root } from "./house.mjs";

const extension = join(root, "editors", "vscode");
const kinds = {
  cjs: "application/javascript",
  json: "application/json",
  md: "text/markdown",
  svg: "image/svg+xml",
  txt: "text/plain",
  vsixmanifest: "text/xml",
};
/** Local time, as archives hold times without a zone. */
const archived = "1980-01-01T12:00:00";
const licence = /^licen[cs]e(\.\w+)?$/i;

/** @returns {{ name: string, bytes: Uint8Array }} */
export function makeVsix() {
  const manifest = JSON.parse(readFileSync(join(extension, "package.json"), "utf8"));
  // What a package manager reads is none of VS Code's business; the bundle holds what it needs.
  const { dependencies, devDependencies, private: _, ...told } = manifest;
  const files = {
    "[Content_Types].xml": contentTypes(),
    "extension.vsixmanifest": vsixManifest(manifest),
    "extension/package.json": `${JSON.stringify(told, null, 2)}\n`,
    "extension/LICENSE.txt": read(join(root, "LICENSE")),
    "extension/THIRD-PARTY.txt": licencesOfBundled(),
    ...Object.fromEntries(
      [...filesNamedIn(told)]
        .sort()
        .map((file) => [`extension/${file}`, read(join(extension, file))]),
    ),
  };
  const entries = Object.entries(files).map(([name, text]) => [name, strToU8(text)]);
  const bytes = zipSync(Object.fromEntries(entries), { level: 9, mtime: archived });
  return { name: `${manifest.name}-${manifest.version}.vsix`, bytes };
}

/** `./syntaxes/...` wherever it stands in the manifest, and what is read beside it. */
function filesNamedIn(value) {
  const files = new Set(["README.md"]);
  visit(value);
  return files;

  function visit(one) {
    if (typeof one === "string" && one.startsWith("./")) files.add(one.slice(2));
    else if (typeof one === "object" && one !== null) Object.values(one).forEach(visit);
  }
}

function read(file) {
  if (!existsSync(file)) throw new HouseError(`${relative(root, file)} is not there`);
  return readFileSync(file, "utf8");
}

/** Of every package of which something is in the bundle. */
function licencesOfBundled() {
  const { inputs } = JSON.parse(read(join(extension, "build", "inputs.json")));
  const packages = Object.keys(inputs).flatMap((path) => {
    const found = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path);
    return found === null ? [] : [found[0]];
  });
  if (packages.length === 0) throw new HouseError("the bundle holds no package");
  const texts = [...new Set(packages)].sort().map((path) => {
    const folder = join(root, path);
    const { name, version } = JSON.parse(read(join(folder, "package.json")));
    const file = readdirSync(folder).find((one) => licence.test(one));
    if (file === undefined) throw new HouseError(`${path} has no licence`);
    return `${name} ${version}\n\n${read(join(folder, file)).trim()}\n`;
  });
  return texts.join(`\n${"-".repeat(72)}\n\n`);
}

function contentTypes() {
  const types = Object.entries(kinds).map(
    ([ending, type]) => `  <Default Extension=".${ending}" ContentType="${type}"/>`,
  );
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">',
    ...types,
    "</Types>",
    "",
  ].join("\n");
}

function vsixManifest({ name, publisher, version, displayName, description, engines, ...more }) {
  const identity = `Language="en-US" Id="${name}" Version="${version}" Publisher="${publisher}"`;
  const property = (id, value) =>
    `      <Property Id="Microsoft.VisualStudio.${id}" Value="${escaped(value)}"/>`;
  const asset = (type, path) =>
    `    <Asset Type="Microsoft.VisualStudio.${type}" Path="${path}" Addressable="true"/>`;
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">',
    "  <Metadata>",
    `    <Identity ${identity}/>`,
    `    <DisplayName>${escaped(displayName)}</DisplayName>`,
    `    <Description xml:space="preserve">${escaped(description)}</Description>`,
    `    <Tags>${escaped([...more.keywords, "__ext_fabula"].join(","))}</Tags>`,
    `    <Categories>${escaped(more.categories.join(","))}</Categories>`,
    "    <License>extension/LICENSE.txt</License>",
    "    <Properties>",
    property("Code.Engine", engines.vscode),
    property("Code.ExtensionKind", "workspace"),
    property("Code.ExecutesCode", "true"),
    "    </Properties>",
    "  </Metadata>",
    '  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>',
    "  <Dependencies/>",
    "  <Assets>",
    asset("Code.Manifest", "extension/package.json"),
    asset("Services.Content.Details", "extension/README.md"),
    asset("Services.Content.License", "extension/LICENSE.txt"),
    "  </Assets>",
    "</PackageManifest>",
    "",
  ].join("\n");
}

function escaped(text) {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

if (process.argv[1] === import.meta.filename) {
  await main(() => {
    build();
    const { name, bytes } = makeVsix();
    const file = join(extension, "build", name);
    writeFileSync(file, bytes);
    console.log(`${relative(root, file)}: ${Math.ceil(bytes.length / 1_000)} kB`);
  });
}
