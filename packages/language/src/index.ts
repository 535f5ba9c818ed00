export * from "./editor/index.js";
export * from "./format/format-text.js";
export * from "./fragment.js";
export * from "./lower/index.js";
export * from "./parse.js";
export { importSabre, type SabreImport } from "./sabre/import/import-sabre.js";
export * from "./select-diagnostics.js";
export * from "./sources.js";
export * from "./span.js";
