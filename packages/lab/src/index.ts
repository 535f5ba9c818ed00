export * from "./comparison.js";
export * from "./difference.js";
export * from "./engine-port.js";
export * from "./event-match.js";
export * from "./row-test.js";
export * from "./story-fault.js";
export * from "./story-test.js";
