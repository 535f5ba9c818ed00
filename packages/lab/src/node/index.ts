export * from "./fleet.js";
export * from "./run-batches.js";
export * from "./task.js";
export * from "./threads.js";
