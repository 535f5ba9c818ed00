export * from "./effects.js";
export * from "./event-probe.js";
export * from "./ground.js";
export * from "./host.js";
export * from "./minds/index.js";
export * from "./simulation.js";
export * from "./timed.js";
