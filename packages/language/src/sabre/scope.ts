/** The names of a Sabre file: types, entities, properties; and what a name in a place means. */
import type {
  Diagnostic,
  DiscreteEntity,
  DiscreteParameter,
  DiscreteProperty,
  DiscreteType,
  Span,
} from "@fabula/model";
import { diagnosticAt, findSimilar, misread } from "./diagnostics.js";
import type { SyntaxDefinition } from "./syntax.js";

const builtInTypes = ["entity", "boolean", "number", "character"];

export class Scope {
  readonly types = new Map<string, string[]>();
  /** All characters first, then the rest, each in the order of the file. */
  readonly entities = new Map<string, DiscreteEntity>();
  readonly properties = new Map<string, DiscreteProperty[]>();
  private readonly members = new Map<string, readonly string[]>();

  constructor(
    definitions: readonly SyntaxDefinition[],
    private readonly diagnostics: Diagnostic[],
  ) {
    for (const name of builtInTypes) this.types.set(name, []);
    this.types.set("character", ["entity"]);
    for (const definition of definitions) if (definition.kind === "type") this.addType(definition);
    const found: DiscreteEntity[] = [];
    for (const definition of definitions) {
      if (definition.kind === "entity") this.addEntity(definition, found);
    }
    this.assertNoTypeLoops(definitions);
    const characters = found.filter((entity) => this.isBelow(entity.types, "character"));
    for (const entity of [...characters, ...found]) this.entities.set(entity.name, entity);
  }

  typeList(): DiscreteType[] {
    return [...this.types].map(([name, parents]) => ({ name, parents }));
  }

  get characters(): readonly string[] {
    return this.membersOf("character");
  }

  /** Entities of `type`, in their order. */
  membersOf(type: string): readonly string[] {
    let names = this.members.get(type);
    if (names === undefined) {
      names = [...this.entities.values()]
        .filter((entity) => this.isBelow(entity.types, type))
        .map((entity) => entity.name);
      this.members.set(type, names);
    }
    return names;
  }

  isBelow(types: readonly string[], ancestor: string): boolean {
    const seen = new Set<string>();
    const open = [...types];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (name === ancestor) return true;
      if (seen.has(name)) continue;
      seen.add(name);
      open.push(...(this.types.get(name) ?? []));
    }
    return false;
  }

  assertType(name: string, span: Span, where: string): void {
    if (!this.types.has(name)) {
      const near = findSimilar(name, this.types.keys());
      misread("FAB4111", `unknown type "${name}"`, span, near ? didYouMean(near) : {});
    }
    if (name === "number" && where === "variable") {
      misread("FAB4112", "a variable cannot range over numbers", span);
    }
  }

  /** The property with this name and number of arguments that fits these argument types. */
  findProperty(name: string, span: Span, fits: (p: DiscreteProperty) => boolean): DiscreteProperty {
    const candidates = this.properties.get(name);
    if (candidates === undefined) {
      const near = findSimilar(name, this.properties.keys());
      misread("FAB4113", `unknown property "${name}"`, span, near ? didYouMean(near) : {});
    }
    const found = candidates.find(fits);
    if (found !== undefined) return found;
    misread("FAB4114", `no property "${name}" takes these arguments`, span, {
      notes: candidates.map((candidate) => ({
        message: `${name}(${candidate.parameters.map(parameterText).join(", ")})`,
        ...(candidate.span === undefined ? {} : { span: candidate.span }),
      })),
    });
  }

  private addType(definition: Extract<SyntaxDefinition, { kind: "type" }>): void {
    const { name, parents, span } = definition;
    const isValue = (type: string) => type === "boolean" || type === "number";
    if (isValue(name) || parents.some(isValue)) {
      const message = "boolean and number neither extend a type nor are extended";
      this.diagnostics.push(diagnosticAt("FAB4112", message, span));
      return;
    }
    const known = this.types.get(name) ?? [];
    for (const parent of parents) {
      if (!this.types.has(parent)) this.types.set(parent, ["entity"]);
      if (!known.includes(parent)) known.push(parent);
    }
    if (known.length === 0 && name !== "entity") known.push("entity");
    this.types.set(name, known);
  }

  private addEntity(
    definition: Extract<SyntaxDefinition, { kind: "entity" }>,
    found: DiscreteEntity[],
  ): void {
    const { name, types, span } = definition;
    if (found.some((entity) => entity.name === name)) {
      this.diagnostics.push(diagnosticAt("FAB4115", `entity "${name}" is defined twice`, span));
      return;
    }
    for (const type of types) if (!this.types.has(type)) this.types.set(type, ["entity"]);
    found.push({ name, types });
  }

  private assertNoTypeLoops(definitions: readonly SyntaxDefinition[]): void {
    for (const definition of definitions) {
      if (definition.kind !== "type") continue;
      const parents = this.types.get(definition.name) ?? [];
      if (!this.isBelow(parents, definition.name)) continue;
      const message = `type "${definition.name}" is its own ancestor`;
      this.diagnostics.push(diagnosticAt("FAB4112", message, definition.span));
    }
  }
}

export function didYouMean(near: string): { remedy: string } {
  return { remedy: `did you mean "${near}"?` };
}

function parameterText(parameter: DiscreteParameter): string {
  if (parameter.kind === "variable") return parameter.variable.type;
  const { value } = parameter;
  if (value.kind === "unknown") return "?";
  return value.kind === "entity" ? value.name : String(value.value);
}
