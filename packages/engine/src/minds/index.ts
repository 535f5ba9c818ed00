export { hookOf } from "./choosing/hooks.js";
export type { Steering } from "./choosing/steering.js";
export type { Minds, MindWork } from "./minds.js";
export { createForgetfulMinds, createMinds, createSteeredMinds } from "./minds.js";
