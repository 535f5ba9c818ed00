export * from "./answer-seed.js";
export * from "./coverage-survey.js";
export * from "./drivers-survey.js";
export * from "./odds-survey.js";
export * from "./rare-survey.js";
export * from "./sift-survey.js";
export * from "./survey.js";
export * from "./test-survey.js";
