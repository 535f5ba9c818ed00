import { createEnglish, ReplayedState, type Scene } from "@fabula/telling";
import { describe, expect, it } from "vitest";
import { actions, ana, ben, chronicleOf, fluents, lamp, SmallWorld } from "./small-world.js";

const narrated: Scene = { at: 0, speaker: -1, hearer: -1, said: false };
const anaToBen: Scene = { at: 0, speaker: ana, hearer: ben, said: true };

function setUp(pronouns = {}) {
  const small = new SmallWorld(pronouns);
  const english = createEnglish(new ReplayedState(small.world, chronicleOf(small, [])));
  return { small, english };
}

describe("claims", () => {
  it("are I and you in a mouth, names in narration", () => {
    const { small, english } = setUp();
    const dying = small.claim(fluents.dying, ana);
    expect(english.claims.clause(dying, true, anaToBen)).toBe("I am dying");
    expect(english.claims.clause(dying, true, { ...anaToBen, speaker: ben, hearer: ana })).toBe(
      "you are dying",
    );
    expect(english.claims.clause(dying, true, narrated)).toBe("Ana is dying");
  });

  it("are denied and asked in the author's words, negated ones too", () => {
    const { small, english } = setUp();
    const dying = small.claim(fluents.dying, ben);
    expect(english.claims.clause(dying, false, anaToBen)).toBe("you are not dying");
    expect(english.claims.question(dying, anaToBen)).toBe("are you dying");
    expect(english.claims.clause(small.not(dying), true, anaToBen)).toBe("you are not dying");
    expect(english.claims.clause(small.not(dying), false, anaToBen)).toBe("you are dying");
  });

  it("nest beliefs with the right person all the way down", () => {
    const { small, english } = setUp();
    const dying = small.claim(fluents.dying, ana);
    const nested = small.believes(ben, small.believes(ana, dying));
    expect(english.claims.clause(nested, true, anaToBen)).toBe(
      "you believe that I believe that I am dying",
    );
    expect(english.claims.clause(nested, false, narrated)).toBe(
      "Ben does not believe that Ana believes that Ana is dying",
    );
    expect(english.claims.question(nested, anaToBen)).toBe(
      "do you believe that I believe that I am dying",
    );
  });

  it("of numbers say much and little by the same wording", () => {
    const { small, english } = setUp();
    const afraid = small.over(small.claim(fluents.fear, ben), 0.5);
    expect(english.claims.clause(afraid, true, narrated)).toBe("Ben is afraid");
    expect(english.claims.clause(afraid, false, narrated)).toBe("Ben is not afraid");
    expect(english.claims.question(afraid, narrated)).toBe("is Ben afraid");
    expect(english.claims.question(afraid, anaToBen)).toBe("are you afraid");
  });

  it("without wording read by their names", () => {
    const { small, english } = setUp();
    expect(english.claims.clause(small.claim(fluents.lit, lamp), true, narrated)).toBe(
      "the lamp is lit",
    );
    const touches = small.claim(fluents.touches, ana, ben);
    expect(english.claims.clause(touches, true, anaToBen)).toBe("I touch you");
    expect(english.claims.clause(touches, false, narrated)).toBe("Ana does not touch Ben");
  });
});

describe("deeds", () => {
  it("are infinitives with persons as objects", () => {
    const { small, english } = setUp();
    const stay = small.deed(actions.stay, ana, ben);
    expect(english.claims.deed(stay, "", anaToBen)).toBe("stay with you");
    expect(english.claims.deed(stay, "", { ...anaToBen, speaker: ben, hearer: ana })).toBe(
      "stay with me",
    );
    expect(english.claims.deed(stay, "asked", anaToBen)).toBe("will I stay with you");
  });
});

describe("templates", () => {
  it("turn what is in quotation marks into the speaker's own words", () => {
    const { small, english } = setUp();
    const claim = small.claim(fluents.dying, ana);
    const told = small.world.actions[actions.tell]!.told[0]!;
    const scene = { ...anaToBen, said: false };
    expect(english.text(told.parts, [ana, ben, claim], scene).text).toBe("“I am dying,” Ana says.");
    const asked = small.world.actions[actions.ask]!.told[0]!;
    expect(english.text(asked.parts, [ana, ben, claim], scene).text).toBe(
      "“Am I dying?” Ana asks Ben.",
    );
  });

  it("call the focalizer you, with verbs that agree", () => {
    const { small, english } = setUp();
    const told = small.world.actions[actions.light]!.told[0]!;
    expect(english.text(told.parts, [ana, lamp], narrated).text).toBe("Ana lights the lamp.");
    expect(english.text(told.parts, [ana, lamp], { ...narrated, you: ana }).text).toBe(
      "You light the lamp.",
    );
  });

  it("agree with one whose pronoun is they as with one, and with what is no person as with many", () => {
    const { english } = setUp({ ana: 2, lamp: 2 });
    expect(english.verb("s", ana, narrated)).toBe("s");
    expect(english.verb("s", ana, narrated, false)).toBe("");
    expect(english.verb("s", lamp, narrated)).toBe("");
    expect(english.verb("are", lamp, narrated)).toBe("are");
    expect(setUp().english.verb("are", lamp, narrated)).toBe("is");
  });

  it("use a pronoun for whom the last sentence was about, unless it is they", () => {
    const { small, english } = setUp();
    const told = small.world.actions[actions.light]!.told[0]!;
    const topic = { ...narrated, topic: ana };
    expect(english.text(told.parts, [ana, lamp], topic).text).toBe("She lights the lamp.");
    const tell = small.world.actions[actions.tell]!.told[0]!;
    const claim = small.claim(fluents.lit, lamp);
    expect(english.text(tell.parts, [ana, ben, claim], topic).text).toBe(
      "“The lamp is lit,” she says.",
    );
    const plural = setUp({ ana: 2 });
    const again = plural.small.world.actions[actions.light]!.told[0]!;
    expect(plural.english.text(again.parts, [ana, lamp], topic).text).toBe("Ana lights the lamp.");
  });

  it("call by name whom a pronoun would not tell from somebody else", () => {
    const { small, english } = setUp({ ben: 0 });
    const person = small.world.actions[actions.light]!.parameters[0]!.type;
    const parts = small.parts("{0} binds {1.their} arm.", [person, person]);
    const read = (recent: number[], told = parts) =>
      english.text(told, [ana, ben], { ...narrated, recent }).text;
    expect(read([ben])).toBe("Ana binds Ben’s arm.");
    const ofHer = small.parts("The arm is {1.their} left, and {1.their} best.", [person, person]);
    expect(read([], ofHer)).toBe("The arm is Ben’s left, and her best.");
    expect(read([ben], ofHer)).toBe("The arm is her left, and her best.");
    expect(read([ben, ana], ofHer)).toBe("The arm is Ben’s left, and her best.");
    const before = small.parts("{1.their} eyes close; {1} sleeps.", [person, person]);
    expect(read([], before)).toBe("Her eyes close; Ben sleeps.");
  });

  it("begin with a subject, however far behind it the verb's ending stands", () => {
    const { small, english } = setUp();
    const { parameters } = small.world.actions[actions.tell]!;
    const types = [parameters[0]!.type, parameters[1]!.type];
    const parts = small.parts("“Now!” {0} loudly shout{0.s} at {1}.", types);
    expect(english.text(parts, [ana, ben], { ...narrated, you: ana }).text).toBe(
      "“Now!” you loudly shout at Ben.",
    );
  });

  it("call she or he in a claim whom the words before it were of", () => {
    const { small, english } = setUp();
    const told = small.world.actions[actions.tell]!.told[0]!;
    const dying = small.claim(fluents.dying, ben);
    const lampToAna = { ...narrated, speaker: lamp, hearer: ana };
    const read = (scene: Scene) => english.text(told.parts, [lamp, ana, dying], scene);
    expect(read(lampToAna).spokenOf).toBe(ben);
    expect(read(lampToAna).mentioned).toContain(ben);
    expect(read({ ...lampToAna, spokenOf: ben }).text).toBe("“He is dying,” the lamp says.");
    expect(read({ ...lampToAna, spokenOf: ana }).text).toBe("“Ben is dying,” the lamp says.");
  });

  it("have possessives and reflexives of I and you", () => {
    const { small, english } = setUp();
    const person = small.world.actions[actions.light]!.parameters[0]!.type;
    const parts = small.parts("“{0}'s hand holds {0.their} knife and {1}'s.” {0} hurt{0.s} {0}.", [
      person,
      person,
    ]);
    const scene = { ...anaToBen, said: false, you: ana };
    expect(english.text(parts, [ana, ben], scene).text).toBe(
      "“My hand holds my knife and your.” You hurt yourself.",
    );
  });

  it("end as their subject does, whatever else of it stands between", () => {
    const { small, english } = setUp({ ana: 2 });
    const person = small.world.actions[actions.light]!.parameters[0]!.type;
    const read = (text: string) => english.text(small.parts(text, [person]), [ana], narrated).text;
    expect(read("{0} shake{0.s} {0.themself} and look{0.s} up.")).toBe(
      "Ana shakes themself and looks up.",
    );
    expect(read("Then {0.they} shake{0.s} {0.their} head and look{0.s} up.")).toBe(
      "Then they shake their head and look up.",
    );
  });
});
