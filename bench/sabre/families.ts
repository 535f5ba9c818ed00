/** The same story with more people, places, things or depth of belief; worlds of our own. */
import type { SeekLimits } from "@fabula/model";

export interface Member {
  readonly family: string;
  readonly size: number;
  readonly text: string;
  readonly limits: SeekLimits;
}

function repeat(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index + 1)).join("\n");
}

/** What everybody sees of where people are. */
const seeing = `
trigger see_at(c : character, o : character, r : room) {
  precondition: at(c) == r & at(o) == r & believes(c, at(o)) != r;
  effect: believes(c, at(o)) = r;
};
trigger see_gone(c : character, o : character, r : room) {
  precondition: at(c) == r & at(o) != r & believes(c, at(o)) == r;
  effect: believes(c, at(o)) = ?;
};`;

/** A surgeon, patients in the hall, two rooms; two of them shall be well. */
function clinic(size: number): Member {
  const text = `
type room; type patient : character;
entity Surgeon : character; ${repeat(size, (i) => `entity Patient${i} : patient;`)}
entity Hall : room; entity Left : room; entity Right : room;
property at(c : character) : room; property ill(p : patient) : boolean;
property found(p : patient) : boolean;
at(Surgeon) = Left; forall(p : patient) (at(p) = Hall & ill(p));
action walk(c : character, from : room, to : room) {
  precondition: from != to & at(c) == from; effect: at(c) = to; consenting: c;
  observing(o : character): at(o) == from | at(o) == to; };
action examine(p : patient, r : room) {
  precondition: r != Hall & at(Surgeon) == r & at(p) == r & ill(p) & !found(p); effect: found(p);
  consenting: Surgeon, p; observing(o : character): at(o) == r; };
action treat(p : patient, r : room) {
  precondition: at(Surgeon) == r & at(p) == r & found(p) & ill(p); effect: !ill(p);
  consenting: Surgeon, p; observing(o : character): at(o) == r; };
${seeing}
utility(): sum(p : patient) if(ill(p)) 0 else 1;
utility(Surgeon): sum(p : patient) if(ill(p)) 0 else 1;
${repeat(size, (i) => `utility(Patient${i}): if(ill(Patient${i})) 0 else 1;`)}`;
  const limits = {
    goal: 2,
    authorTemporalLimit: 7,
    characterTemporalLimit: 4,
    epistemicLimit: 2,
  };
  return { family: "clinic, by patients", size, text, limits };
}

/** Traders in three rooms; two by two they want what the other has, the rest is in the way. */
function traders(size: number): Member {
  const wanted = (i: number) => (i % 2 === 0 ? i - 1 : Math.min(i + 1, size));
  const text = `
type room; type thing;
${repeat(size, (i) => `entity Trader${i} : character;`)}
${repeat(size, (i) => `entity Thing${i} : thing;`)}
entity Market : room; entity Square : room; entity Yard : room;
property at(c : character) : room; property has(t : thing) : character;
${repeat(size, (i) => `at(Trader${i}) = ${["Market", "Square", "Yard"][i % 3]}; has(Thing${i}) = Trader${i};`)}
action walk(c : character, from : room, to : room) {
  precondition: from != to & at(c) == from; effect: at(c) = to; consenting: c;
  observing(o : character): at(o) == from | at(o) == to; };
action trade(a : character, t : thing, b : character, u : thing, r : room) {
  precondition: a != b & t != u & at(a) == r & at(b) == r & has(t) == a & has(u) == b;
  effect: has(t) = b & has(u) = a; consenting: a, b; observing(o : character): at(o) == r; };
${seeing}
utility(): if(has(Thing2) == Trader1) 1 else 0;
${repeat(size, (i) => `utility(Trader${i}): if(has(Thing${wanted(i)}) == Trader${i}) 1 else 0;`)}`;
  const limits = {
    goal: 1,
    authorTemporalLimit: 6,
    characterTemporalLimit: 5,
    epistemicLimit: 2,
  };
  return { family: "traders, by traders", size, text, limits };
}

/** A treasure that only a chain of helpers can lift, each for the sake of what the next one does. */
function treasure(size: number): Member {
  const people = size + 1;
  const text = `
${repeat(people, (i) => `entity Finder${i} : character;`)}
property step() : number; property gold(c : character) : boolean;
property knows(c : character) : boolean;
knows(Finder1);
${repeat(people - 1, (i) => `action tell${i}() { precondition: knows(Finder${i}) & !knows(Finder${i + 1}); effect: knows(Finder${i + 1}); consenting: Finder${i}; };`)}
${repeat(people, (i) => {
  return `action lift${i}() { precondition: knows(Finder${people}) & step() == ${i - 1}; effect: step() = ${i}${i === people ? " & forall(c : character) gold(c)" : ""}; consenting: Finder${i}; };`;
})}
utility(): if(gold(Finder1)) 1 else 0;
${repeat(people, (i) => `utility(Finder${i}): if(gold(Finder${i})) 1 else 0;`)}`;
  const limits = {
    goal: 1,
    authorTemporalLimit: 2 * people - 1,
    characterTemporalLimit: 2 * people - 1,
    epistemicLimit: 2 * people - 2,
  };
  return { family: "treasure, by depth of belief", size, text, limits };
}

export const members: readonly Member[] = [
  ...[2, 3, 4, 5, 6, 7, 8].map(clinic),
  ...[3, 4, 5, 6].map(traders),
  ...[1, 2, 3, 4, 5, 6].map(treasure),
];
