/** The units of a world: one a tuple of a rule or process, one a perceivable ground fluent. */
import type { Fluent, Parameter } from "@fabula/model";
import { watchedCondition } from "./conjunction.js";
import { abandonDoing } from "./doings.js";
import { forgetTargets } from "./flows.js";
import type { Kernel } from "./kernel.js";
import { endProcess } from "./processes.js";
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

/** Makes and activates what is there for everybody, or for one who has just come to be. */
export function activateUnits(kernel: Kernel, among?: number): void {
  const source = tupleSource(kernel);
  const { world } = kernel;
  const truth = world.expressions.intern({ op: "constant", value: 1 }, { kind: "boolean" });
  for (const process of world.processes) {
    const flows = process.flows.length;
    forEachTuple(source, process.parameters, process.where, among, (args) => {
      activate(kernel, UnitKind.process, process, args, process.parameters, flows);
    });
  }
  for (const rule of world.rules) {
    if (watchedCondition(world, rule.trigger) === undefined) continue;
    forEachTuple(source, rule.parameters, rule.where, among, (args) => {
      activate(kernel, UnitKind.rule, rule, args, rule.parameters, 0);
    });
  }
  for (const fluent of world.fluents) {
    if (fluent.perceptions.length === 0) continue;
    const parameters = perceivedParameters(fluent);
    forEachTuple(source, parameters, truth, among, (args) => {
      activate(kernel, UnitKind.perception, fluent, args, parameters, 0);
    });
  }
  activateExistence(kernel, among);
}

/** Units for whether an entity can be perceived to be there at all. */
function activateExistence(kernel: Kernel, among: number | undefined): void {
  const { world, store } = kernel;
  for (const type of world.types) {
    if (kernel.observers.clausesOf(type.id).length === 0) continue;
    const parameters: Parameter[] = [{ name: "self", type: { kind: "entity", type: type.id } }];
    const declaration = { id: world.fluents.length + type.id, name: type.name };
    for (const entity of store.entitiesOf(type.id)) {
      if (store.typeOf(entity) !== type.id || (among ?? entity) !== entity) continue;
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
