export * from "./diagnostic.js";
export * from "./effect.js";
export * from "./expression.js";
export * from "./schema.js";
export * from "./story.js";
export * from "./types.js";
export * from "./world.js";
