/**
 * What is tried at random in the tests is the same each time, so that a change that broke nothing
 * fails nothing. Others: `FABULA_SEED=N npx vitest run FILE`.
 */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env.FABULA_SEED ?? 1) });
