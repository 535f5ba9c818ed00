/** Colours of the language in the editor: words, names, numbers, texts, comments. Line by line. */
import { StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { colours } from "./colours";

const declaring =
  /^(story|module|use|type|person|place|thing|extra|rule|process|action|inference|expectation|reflex|mind|feeling|facts|unit|calendar|expect|whatif|control|row|telling|pattern|question|begins|ends)\b/;
const structural =
  /^(when|then|while|needs|takes|lasts|until|interrupted|at|start|end|every|if|else|with|chance|told|to|seen|heard|felt|said|unsaid|asked|as|by|for|where|means|has|is|in|of|set|make|forbid|force|switch|off|believes|intends|wants|weight|sure|openly|keeps|back|because|never|always|before|after|within|learns|starts|not|and|or|some|any|both|ways|prior|evidence|times|blames|share|score|do|says|shows|requests|answers|presupposes|reluctance|urge|costs|rises|falls|nears|over|per|may|change|eyes|withhold|show|runs|private|boolean|number|quantity|text)\b/;

const language = StreamLanguage.define<{ readonly unused?: never }>({
  name: "fabula",
  startState: () => ({}),
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match("//")) {
      stream.skipToEnd();
      return "comment";
    }
    if (stream.match(/^"([^"\\]|\\.)*"?/)) return "string";
    if (stream.match(/^\d+(\.\d+)?\s?%?/)) return "number";
    if (stream.sol() || stream.indentation() === stream.column()) {
      if (stream.match(declaring)) return "keyword";
    }
    if (stream.match(structural)) return "modifier";
    if (stream.match(/^[\p{L}_][\p{L}\p{N}_]*/u)) return "variableName";
    stream.next();
    return null;
  },
  languageData: { commentTokens: { line: "//" } },
});

export const fabulaMode = [language, syntaxHighlighting(colours)];
