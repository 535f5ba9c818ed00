export * from "./chronicle.js";
export * from "./digest.js";
export * from "./occurrence.js";
export * from "./queries.js";
export { EXISTENCE, WriteFlag } from "./record-kinds.js";
export * from "./track.js";
