export * from "./occurrence.js";
