export * from "./effects.js";
export * from "./ground.js";
export * from "./host.js";
export { createMinds } from "./minds/index.js";
export * from "./simulation.js";
