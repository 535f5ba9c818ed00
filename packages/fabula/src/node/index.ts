export * from "@fabula/chronicle/node";
export * from "@fabula/lab/node";
export * from "./answer-on-thread.js";
export * from "./engine-hash.js";
