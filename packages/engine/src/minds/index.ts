export type { Steering } from "./choosing/steering.js";
export type { Minds, MindWork } from "./minds.js";
export { createForgetfulMinds, createMinds, createSteeredMinds } from "./minds.js";
