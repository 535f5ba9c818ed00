import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The engine is bundled from its sources, so that the studio runs what the command line runs. */
// biome-ignore lint/style/noDefaultExport: Vite reads the default export
export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ["source", "module", "browser", "development|production"] },
  worker: { format: "es" },
  build: { target: "es2023", chunkSizeWarningLimit: 2000, sourcemap: false },
  // What `prepare.ts` needs is bundled with it: from its folder, other versions would be found.
  ssr: { noExternal: true },
  server: { host: "127.0.0.1", proxy: { "/api": { target: "http://127.0.0.1:4747", ws: true } } },
});
