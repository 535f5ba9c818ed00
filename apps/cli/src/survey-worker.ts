/** A thread of `odds`, `test` and the like. */
export { answerOnThread } from "fabula/node";
