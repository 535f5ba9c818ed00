export * from "./comparison.js";
export * from "./engine-port.js";
export * from "./story-test.js";
