/** Part of the build: reads every story that comes along, and keeps what became of its modules. */
import { renameSync, writeFileSync } from "node:fs";
import { serialize } from "node:v8";
import { compileSource, InvariantError, packModules } from "fabula";
import { keptModulesFile } from "./kept-modules.js";
import { findModulesFor } from "./story-input.js";
import { readTextFile } from "./text-file.js";
import { bundledStories, locateStory } from "./world-library.js";

for (const story of bundledStories()) {
  const file = locateStory(story);
  compileSource(readTextFile(file), findModulesFor(file));
}
try {
  const file = keptModulesFile();
  writeFileSync(`${file}.new`, serialize(packModules()));
  renameSync(`${file}.new`, file);
} catch (error) {
  // The tree of a text with mistakes in it: commands say them, and work without what is kept.
  if (!(error instanceof InvariantError)) throw error;
  process.stderr.write(`the modules that come along are not kept: ${error.message}\n`);
}
