export * from "./odds-survey.js";
export * from "./rare-survey.js";
export * from "./survey.js";
export * from "./test-survey.js";
