export { exitCode } from "./exit-code.js";
export { runProgram } from "./program.js";
