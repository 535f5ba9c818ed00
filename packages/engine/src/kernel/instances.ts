/** The units of a world: one a tuple of a rule or process, one a perceivable ground fluent. */
import {
  type ExprId,
  type Fluent,
  type Parameter,
  perceivingTypes,
  type TypeId,
  type World,
} from "@fabula/model";
import { watchedCondition } from "../expressions/conjunction.js";
import { abandonDoing } from "../units/doings.js";
import { forgetTargets } from "../units/flows.js";
import { endProcess } from "../units/processes.js";
import type { Kernel } from "./kernel.js";
import { forEachTuple, type TupleSource } from "./tuples.js";
import { type Unit, UnitKind } from "./unit.js";

export function tupleSource(kernel: Kernel): TupleSource {
  return {
    world: kernel.world,
    traits: kernel.traits,
    evaluate: (expr, locals) => {
      const reads = kernel.machine.readCount;
      const value = kernel.machine.evaluate(expr, locals);
      kernel.machine.readCount = reads;
      return value;
    },
    entitiesOf: (type) => kernel.store.entitiesOf(type),
    isA: (entity, type) => kernel.store.isA(entity, type),
  };
}

/** Something there is a unit of for each tuple of arguments. */
interface Schema {
  readonly kind: number;
  readonly declaration: {
    readonly id: number;
    readonly name: string;
    readonly span?: Unit["span"];
  };
  readonly parameters: readonly Parameter[];
  readonly where: ExprId;
  readonly flows: number;
}

/** By world (its rules go with all the rest of it): what there are units of, in order. */
const schemas = new WeakMap<World, readonly Schema[]>();
/** And of those, by type, what one that comes to be can be among the arguments of. */
const ofTypes = new WeakMap<World, Map<TypeId, readonly Schema[]>>();

function schemasOf(world: World): readonly Schema[] {
  let all = schemas.get(world);
  if (all === undefined) {
    all = findSchemas(world);
    schemas.set(world, all);
  }
  return all;
}

function findSchemas(world: World): Schema[] {
  const truth = world.expressions.intern({ op: "constant", value: 1 }, { kind: "boolean" });
  const found: Schema[] = [];
  for (const process of world.processes) {
    const { parameters, where } = process;
    const flows = process.flows.length;
    found.push({ kind: UnitKind.process, declaration: process, parameters, where, flows });
  }
  for (const rule of world.rules) {
    if (watchedCondition(world, rule.trigger) === undefined) continue;
    const { parameters, where } = rule;
    found.push({ kind: UnitKind.rule, declaration: rule, parameters, where, flows: 0 });
  }
  const isPerceived = perceivingTypes(world).includes(true);
  for (const fluent of world.fluents) {
    if (!isPerceived || fluent.perceptions.length === 0) continue;
    const parameters = perceivedParameters(fluent);
    const kind = UnitKind.perception;
    found.push({ kind, declaration: fluent, parameters, where: truth, flows: 0 });
  }
  return found;
}

function schemasOfType(kernel: Kernel, entity: number): readonly Schema[] {
  const { world, store } = kernel;
  let known = ofTypes.get(world);
  if (known === undefined) {
    known = new Map();
    ofTypes.set(world, known);
  }
  const type = store.typeOf(entity);
  let found = known.get(type);
  if (found === undefined) {
    found = schemasOf(world).filter(({ parameters }) =>
      parameters.some((one) => one.type.kind === "entity" && store.isA(entity, one.type.type)),
    );
    known.set(type, found);
  }
  return found;
}

/** Makes and activates what is there for everybody, or for one who has just come to be. */
export function activateUnits(kernel: Kernel, among?: number): void {
  const source = tupleSource(kernel);
  const all = among === undefined ? schemasOf(kernel.world) : schemasOfType(kernel, among);
  for (const { kind, declaration, parameters, where, flows } of all) {
    forEachTuple(source, parameters, where, among, (args) => {
      activate(kernel, kind, declaration, args, parameters, flows);
    });
  }
  activateExistence(kernel, among);
}

/** Units for whether an entity can be perceived to be there at all. */
function activateExistence(kernel: Kernel, among: number | undefined): void {
  const { world, store } = kernel;
  if (kernel.observers.populations.length === 0) return;
  const own = among === undefined ? undefined : world.types[store.typeOf(among)];
  for (const type of own === undefined ? world.types : [own]) {
    if (kernel.observers.clausesOf(type.id).length === 0) continue;
    const parameters: Parameter[] = [{ name: "self", type: { kind: "entity", type: type.id } }];
    const declaration = { id: world.fluents.length + type.id, name: type.name };
    for (const entity of among === undefined ? store.entitiesOf(type.id) : [among]) {
      if (store.typeOf(entity) !== type.id) continue;
      activate(kernel, UnitKind.perception, declaration, [entity], parameters, 0);
    }
  }
}

function perceivedParameters(fluent: Fluent): Parameter[] {
  const owner: Parameter = { name: "self", type: { kind: "entity", type: fluent.owner } };
  return [owner, ...fluent.parameters];
}

function activate(
  kernel: Kernel,
  kind: number,
  declaration: { readonly id: number; readonly name: string; readonly span?: Unit["span"] },
  args: readonly number[],
  parameters: readonly Parameter[],
  flows: number,
): void {
  const entities = args.filter((_, index) => parameters[index]?.type.kind === "entity");
  const unit = kernel.units.intern(
    {
      kind,
      schema: declaration.id,
      args,
      order: kernel.canonicalArgs(args, parameters),
      flows,
      name: declaration.name,
      span: declaration.span,
    },
    entities,
  );
  if (!kernel.isActive(unit)) kernel.activate(unit);
}

/** Everything that has this entity in it stops. Call while its row is still there. */
export function deactivateUnits(kernel: Kernel, entity: number, by: number): void {
  for (const unit of kernel.units.ofEntity(entity)) {
    if (!kernel.isActive(unit)) continue;
    const process = kernel.world.processes[unit.schema];
    if (unit.kind === UnitKind.process && process !== undefined)
      endProcess(kernel, unit, process, by);
    else if (unit.kind === UnitKind.doing) abandonDoing(kernel, unit);
    else kernel.deactivate(unit);
  }
  releaseRow(kernel, entity);
}

/** Nobody flows into the row any more, and its addresses mean nothing until it is used again. */
function releaseRow(kernel: Kernel, entity: number): void {
  const { store, dependencies } = kernel;
  const row = store.rowOf(entity);
  const words = store.layouts[store.typeOf(entity)]?.words ?? 0;
  for (let address = row; address < row + words; address++) {
    for (let link = dependencies.first(address); link !== 0; link = dependencies.after(link)) {
      const unit = dependencies.unitOf(link);
      kernel.pending.add(unit);
      forgetTargets(kernel, unit, flowCount(kernel, unit), row, words);
    }
    dependencies.forget(address);
  }
}

function flowCount(kernel: Kernel, unit: Unit): number {
  if (unit.kind === UnitKind.process) return kernel.world.processes[unit.schema]?.flows.length ?? 0;
  if (unit.kind !== UnitKind.doing) return 0;
  return kernel.world.actions[unit.schema]?.whileLasting.length ?? 0;
}
