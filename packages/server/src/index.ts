export * from "./server.js";
export * from "./workspace.js";
