export type { Minds, MindWork } from "./minds.js";
export { createForgetfulMinds, createMinds } from "./minds.js";
