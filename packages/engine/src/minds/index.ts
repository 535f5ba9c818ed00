export type { Minds, MindWork } from "./minds.js";
export { createForgetfulMinds, createMinds, createSteeredMinds } from "./minds.js";
export type { Steering } from "./steering.js";
