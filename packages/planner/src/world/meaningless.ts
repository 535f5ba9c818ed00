/** Whole declarations without a discrete meaning, each with its place and what to write instead. */
import type { ActionSchema, Span, World } from "@fabula/model";
import type { Refusals } from "./refusal.js";

const code = "FAB4201";

export function refuseWorldParts(world: World, refusals: Refusals): void {
  const { story } = world;
  const say = (span: Span | undefined, what: string, remedy: string) =>
    refusals.add(code, `${what} has no meaning in a discrete world`, remedy, span);
  for (const { name, span, storage, type } of world.fluents) {
    if (storage === "quantity") {
      say(span, `the quantity \`${name}\``, `${name}: number, and effects that change it`);
    } else if (!["boolean", "number", "symbol", "entity"].includes(type.kind)) {
      say(span, `the field \`${name}\` of ${type.kind}s`, "use symbols: `one of red, yellow`");
    }
  }
  for (const { name, perceptions } of world.types) {
    if (perceptions.length === 0) continue;
    say(
      perceptions[0]!.span,
      `who can know of a ${name}`,
      "give it a field that says where it is, and `seen`",
    );
  }
  for (const { name, span } of world.processes) {
    say(span, `process ${name}`, "let actions and rules change the number in steps");
  }
  for (const { name, span } of world.expectations) {
    say(span, `expectation ${name}`, "make it a rule: here everybody expects what the rules do");
  }
  for (const { name, span } of world.inferences) {
    say(span, `inference ${name}`, "make it a rule: `when p.sees(x) and ... then p believes ...`");
  }
  for (const { name, span } of world.reflexes) {
    say(span, `reflex ${name}`, "make it an action, or a rule");
  }
  for (const { span } of story.outside) {
    say(span, "what comes from outside at a time", "make it an action by `w: world`");
  }
  if (story.endsWhen.length > 0) {
    say(story.span, "`ends when`", "ask for that end: the goal of `fabula seek`");
  }
  for (const { appraisal, type } of world.minds) {
    if (appraisal.length === 0) continue;
    const { name } = world.types[type]!;
    say(story.span, `what a change of outlook does to a ${name}`, "make it a rule on what changes");
  }
}

export function refuseActionParts(action: ActionSchema, refusals: Refusals): void {
  const { name, span } = action;
  const say = (has: boolean, what: string, remedy: string) => {
    if (!has) return;
    const message = `\`${what}\` of action ${name} has no meaning in a discrete world`;
    refusals.add(code, message, remedy, span);
  };
  const lasts = action.until !== undefined || action.whileLasting.length > 0;
  say(action.takes !== undefined, "takes", "leave it out: an action happens at once");
  say(lasts, "lasts", "make two actions of it, one that begins and one that ends");
  say(action.interruptedWhen !== undefined, "interrupted when", "leave it out");
  const tells = action.says.length > 0 || action.shows.length > 0 || action.presupposes.length > 0;
  say(tells, "says", "write what is believed then: `at end`, `hearer believes C`");
  const asks = action.asks !== undefined || action.requests !== undefined;
  say(asks, "asks", "let who is asked consent: `with other`");
  say(action.answers !== undefined, "answers", "leave it out");
}
