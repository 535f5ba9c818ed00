export type { Minds, MindWork } from "./minds.js";
export { createMinds } from "./minds.js";
