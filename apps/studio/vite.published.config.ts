import { mergeConfig } from "vite";
import studio from "./vite.config.ts";

/** The page of a published story: everything in one script, to be put into the page itself. */
// biome-ignore lint/style/noDefaultExport: Vite reads the default export
export default mergeConfig(studio, {
  publicDir: false,
  // Of a file on disk a browser starts no worker that is a module.
  worker: { format: "iife" },
  build: { outDir: "build/published", rollupOptions: { input: "published.html" } },
});
