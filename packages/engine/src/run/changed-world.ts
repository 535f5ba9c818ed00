/**
 * The world a run is of: the text's, with what its changes take away or add before it begins, and
 * with weights shaken where jitter is asked for. Ids stay what they were: what is switched off
 * stays, and never holds.
 */
import {
  type EntityDeclaration,
  type ExprId,
  type Intervention,
  keyName,
  literal,
  meantWants,
  type NewWant,
  type ValueType,
  type Want,
  type World,
} from "@fabula/model";
import { keyedDraw } from "../chance/chance.js";
import { conjunction } from "../expressions/conjunction.js";

export interface ChangedWorld {
  readonly world: World;
  /** Birth numbers of entities that are not there. */
  readonly removed: ReadonlySet<number>;
}

export function changedWorld(
  world: World,
  changes: readonly Intervention[],
  seed: number,
  jitter: number,
): ChangedWorld {
  const removed = new Set<number>();
  let changed: World = withGroupsDrawn(world, seed);
  for (const entity of changed.entities) if (entity.absent === true) removed.add(entity.id);
  for (const change of changes) {
    if (change.kind === "remove") removed.add(change.entity);
    else if (change.kind === "switch-off") changed = switchedOff(changed, change);
    else if (change.kind === "add") changed = withEntity(changed, change);
    else if (change.kind === "want") changed = withWant(changed, change);
  }
  if (jitter > 0) changed = { ...changed, wants: shakenWants(changed, seed, jitter) };
  return { world: changed, removed };
}

/** Of those declared together in a drawn number, the last ones are absent. */
function withGroupsDrawn(world: World, seed: number): World {
  if (world.entities.every((entity) => entity.group === undefined)) return world;
  const entities = world.entities.map((entity): EntityDeclaration => {
    const { group } = entity;
    if (group === undefined) return entity;
    const name = keyName({ ...entity, name: group.name });
    const share = keyedDraw(seed, `group ${name}`, [], 0);
    const count = group.least + Math.floor(share * (group.most - group.least + 1));
    return group.place > count ? { ...entity, absent: true } : entity;
  });
  return { ...world, entities };
}

function withEntity(world: World, change: Extract<Intervention, { kind: "add" }>): World {
  const entity: EntityDeclaration = { ...change.entity, id: world.entities.length };
  const beliefs = [...world.story.beliefs, ...change.beliefs];
  return {
    ...world,
    entities: [...world.entities, entity],
    story: { ...world.story, beliefs },
    wants: withNew(world.wants, change.wants),
  };
}

function withNew(wants: readonly Want[], added: readonly NewWant[]): Want[] {
  return [...wants, ...added.map((want, index) => ({ ...want, id: wants.length + index }))];
}

/**
 * What the person wanted of it gives way to how they want it now. A want of theirs alone keeps its
 * number, and with it the chances of its jitter; one of all their like stays with the others.
 */
function withWant(world: World, change: Extract<Intervention, { kind: "want" }>): World {
  const { person, claim, want: wanted } = change;
  const meant = meantWants(world, person, claim);
  const wants = world.wants.slice();
  let placed = false;
  for (const { want: id, locals } of meant) {
    const old = wants[id] as Want;
    if (!placed && wanted !== undefined && "entity" in old.holder && locals.length === 1) {
      wants[id] = { ...wanted, id };
      placed = true;
    } else wants[id] = { ...old, where: without(world, old, locals) };
  }
  return { ...world, wants: wanted === undefined || placed ? wants : withNew(wants, [wanted]) };
}

/** Whom the want runs over, but for these. */
function without(world: World, want: Want, locals: readonly number[]): ExprId {
  const { expressions } = world;
  const truth = { kind: "boolean" } as const;
  const holder: ValueType = { kind: "entity", type: typeOfHolder(world, want) };
  const types = [holder, ...want.binders.map(({ type }) => type)];
  const these = types
    .map((type, slot) => {
      const local = expressions.intern({ op: "local", slot }, type);
      const args = [local, literal(expressions, locals[slot] as number, type)] as const;
      return expressions.intern({ op: "eq", args }, truth);
    })
    .reduce((all, one) => conjunction(world, all, one));
  const others = expressions.intern({ op: "not", args: [these] }, truth);
  return conjunction(world, want.where, others);
}

function typeOfHolder(world: World, { holder }: Want): number {
  return "entity" in holder ? (world.entities[holder.entity]?.type ?? -1) : holder.type;
}

function switchedOff(world: World, change: Extract<Intervention, { kind: "switch-off" }>): World {
  const never = world.expressions.intern({ op: "constant", value: 0 }, { kind: "boolean" });
  const off = <T extends { readonly id: number }>(all: readonly T[], to: (one: T) => T): T[] =>
    all.map((one) => (one.id === change.id ? to(one) : one));
  switch (change.what) {
    case "rule":
      return {
        ...world,
        rules: off(world.rules, (rule) => ({
          ...rule,
          where: never,
          trigger: { ...rule.trigger, when: never },
        })),
      };
    case "process":
      return {
        ...world,
        processes: off(world.processes, (one) => ({ ...one, where: never, while: never })),
      };
    case "expectation":
      return {
        ...world,
        expectations: off(world.expectations, (one) => ({ ...one, where: never, when: never })),
      };
    case "inference":
      return {
        ...world,
        inferences: off(world.inferences, (one) => ({
          ...one,
          where: never,
          evidence: [],
          blames: [],
        })),
      };
    case "outside": {
      // Nothing from outside comes at the end: its place stays, the others keep their chances.
      const outside = world.story.outside.map((event, index) =>
        index === change.id ? { ...event, moment: { kind: "end" } as const } : event,
      );
      return { ...world, story: { ...world.story, outside } };
    }
    case "reflex":
      return {
        ...world,
        reflexes: off(world.reflexes, (one) => ({ ...one, where: never, when: never })),
      };
    case "definition":
      return {
        ...world,
        fluents: off(world.fluents, (one) => ({ ...one, means: plainValue(world, one.type) })),
      };
  }
}

/** What a field of the type holds where nobody gives it a value: no, 0, the first, unknown. */
function plainValue(world: World, type: ValueType): ExprId {
  return type.kind === "entity"
    ? world.expressions.intern({ op: "entity", entity: -1 }, type)
    : world.expressions.intern({ op: "constant", value: 0 }, type);
}

/** Every weight times 1 - jitter .. 1 + jitter, by want and seed. */
function shakenWants(world: World, seed: number, jitter: number): Want[] {
  return world.wants.map((want) => {
    const factor = shake(seed, jitter, "jitter want", [want.id]);
    return { ...want, weight: times(world, want.weight, factor) };
  });
}

/** The factor that shakes one weight, bond or trust. */
export function shake(
  seed: number,
  jitter: number,
  purpose: string,
  who: readonly number[],
): number {
  return 1 - jitter + 2 * jitter * keyedDraw(seed, purpose, who, 0);
}

function times(world: World, weight: ExprId, factor: number): ExprId {
  const number = { kind: "number", dimension: {} } as const;
  const constant = world.expressions.intern({ op: "constant", value: factor }, number);
  return world.expressions.intern({ op: "mul", args: [weight, constant] }, number);
}
