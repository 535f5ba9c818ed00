/** Reader for Sabre's problem language. */
export { readSabre, readSabreCondition, type SabreReading } from "./read.js";
