/** The units of a world: one a tuple of a rule or process, one a perceivable ground fluent. */
import {
  type ExprId,
  type Fluent,
  type Parameter,
  perceivingTypes,
  type TypeId,
  type World,
} from "@fabula/model";
import { conjunction, watchedCondition } from "../expressions/conjunction.js";
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
    holdsSomewhere: (fluent) => {
      const { arena } = kernel.store;
      for (const [, address] of kernel.store.cellsOf(fluent)) {
        if (arena.read(address) > 0) return true;
      }
      return false;
    },
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
  /** Where what nothing can change is false of it, there is no unit: it could never hold. */
  readonly condition: ExprId;
  readonly flows: number;
}

interface Schemas {
  readonly world: World;
  /** What there are units of, in order. */
  readonly all: readonly Schema[];
  /** By type: what one of it that comes to be can be among the arguments of. */
  readonly ofTypes: Map<TypeId, readonly Schema[]>;
}

/** By rules: a world whose groups were drawn, or whose wants were shaken, has the same ones. */
const ofRules = new WeakMap<World["rules"], Schemas>();

function schemasOf(world: World): Schemas {
  const known = ofRules.get(world.rules);
  const isIt =
    known?.world.processes === world.processes &&
    known.world.fluents === world.fluents &&
    known.world.expressions === world.expressions;
  if (isIt) return known;
  const schemas = { world, all: findSchemas(world), ofTypes: new Map() };
  ofRules.set(world.rules, schemas);
  return schemas;
}

function findSchemas(world: World): Schema[] {
  const truth = world.expressions.intern({ op: "constant", value: 1 }, { kind: "boolean" });
  const found: Schema[] = [];
  for (const process of world.processes) {
    const { parameters } = process;
    const condition = conjunction(world, process.where, process.while);
    const flows = process.flows.length;
    found.push({ kind: UnitKind.process, declaration: process, parameters, condition, flows });
  }
  for (const rule of world.rules) {
    const watched = watchedCondition(world, rule.trigger);
    if (watched === undefined) continue;
    const { parameters } = rule;
    const condition = conjunction(world, rule.where, watched);
    found.push({ kind: UnitKind.rule, declaration: rule, parameters, condition, flows: 0 });
  }
  const isPerceived = perceivingTypes(world).includes(true);
  for (const fluent of world.fluents) {
    if (!isPerceived || fluent.perceptions.length === 0) continue;
    const parameters = perceivedParameters(fluent);
    const kind = UnitKind.perception;
    found.push({ kind, declaration: fluent, parameters, condition: truth, flows: 0 });
  }
  return found;
}

function schemasOfType(kernel: Kernel, entity: number): readonly Schema[] {
  const { world, store } = kernel;
  const { all, ofTypes } = schemasOf(world);
  const type = store.typeOf(entity);
  let found = ofTypes.get(type);
  if (found === undefined) {
    found = all.filter(({ parameters }) =>
      parameters.some((one) => one.type.kind === "entity" && store.isA(entity, one.type.type)),
    );
    ofTypes.set(type, found);
  }
  return found;
}

/** Makes and activates what is there for everybody, or for one who has just come to be. */
export function activateUnits(kernel: Kernel, among?: number): void {
  const source = tupleSource(kernel);
  const all = among === undefined ? schemasOf(kernel.world).all : schemasOfType(kernel, among);
  for (const { kind, declaration, parameters, condition, flows } of all) {
    kernel.during({ name: declaration.name, span: declaration.span }, () => {
      forEachTuple(source, parameters, condition, among, (args) => {
        activate(kernel, kind, declaration, args, parameters, flows);
      });
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
