export * from "./beliefs-at.js";
export * from "./cause-graph.js";
export * from "./occurrence-view.js";
export * from "./outline.js";
export * from "./page.js";
export * from "./played-as.js";
export * from "./recorded-run.js";
export * from "./timeline.js";
