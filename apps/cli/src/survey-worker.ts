/** A thread of `odds`, `test` and the like. */
import { offerKeptModules } from "./kept-modules.js";

export { answerOnThread } from "fabula/node";

offerKeptModules();
