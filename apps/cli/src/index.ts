export { exitCode } from "./exit-code.js";
