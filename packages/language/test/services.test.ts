/** The grammar and the tokens pass the checks of the tools that run them. */
import { describe, expect, it } from "vitest";
import { createFabulaServices } from "../src/services.js";
import { fixture } from "./fixtures.js";

describe("services", () => {
  it("the grammar passes chevrotain's own checks", () => {
    const { LangiumParser } = createFabulaServices("development").parser;
    const { parserErrors, lexerErrors } = LangiumParser.parse(fixture("talk"));
    expect([...parserErrors, ...lexerErrors]).toEqual([]);
  });
});
