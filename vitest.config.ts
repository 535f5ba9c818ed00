import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/**
 * Tests run from the sources: workspace packages resolve by the condition `source`, so no build is
 * needed between an edit and its test. Files share one module registry in each worker
 * (`isolate: false`): a test must not leave module state behind.
 */
const conditions = ["source", "node", "module"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["source"] } },
  test: {
    include: [
      "packages/*/test/**/*.test.ts",
      "apps/*/test/**/*.test.ts",
      "editors/*/test/**/*.test.ts",
      "scripts/test/**/*.test.ts",
      "bench/test/**/*.test.ts",
    ],
    setupFiles: ["scripts/fixed-seed.ts"],
    isolate: false,
    maxWorkers: Math.max(1, Math.min(2, availableParallelism())),
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
