export * from "./comparison.js";
