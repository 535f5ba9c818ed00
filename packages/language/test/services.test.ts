/** The grammar and the tokens pass the checks of the tools that run them. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { createFabulaServices } from "../src/services.js";
import { texts } from "./fixtures.js";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("services", () => {
  it("the grammar passes chevrotain's own checks, and nothing in it reads two ways", () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    const { LangiumParser } = createFabulaServices("development").parser;
    for (const { text } of texts()) {
      const { parserErrors, lexerErrors } = LangiumParser.parse(text);
      expect([...parserErrors, ...lexerErrors]).toEqual([]);
    }
    expect(log.mock.calls).toEqual([]);
  });
});
