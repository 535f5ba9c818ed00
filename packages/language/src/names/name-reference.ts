/**
 * A name in a text that stands for something declared. What that is is found when it is first
 * asked for, and kept until it is told to forget it.
 */
import { InvariantError, textForms } from "@fabula/model";
import type { AstNode, CstNode, Reference, ReferenceInfo } from "langium";
import type { MemberCall, Template } from "../generated/ast.js";
import type { Problem } from "../syntax/problem.js";
import { lookUp } from "./declarations.js";
import { tablesFor } from "./tables.js";
import { describeUnknown } from "./unknown-name.js";

export class NameReference implements Reference {
  private state: "open" | "under way" | "found" | "nothing" = "open";
  private found: AstNode | undefined;

  constructor(
    private readonly container: AstNode,
    private readonly property: string,
    readonly $refNode: CstNode,
    readonly $refText: string,
  ) {}

  get ref(): AstNode | undefined {
    if (this.state === "open") this.find();
    if (this.isBeingFound) throw new InvariantError(`${this.$refText} goes by its own meaning`);
    return this.found;
  }

  /** To ask for it now would go round in a circle. */
  get isBeingFound(): boolean {
    return this.state === "under way";
  }

  /** What is wrong with a name that means nothing, unless another error says it already. */
  get problem(): Problem | undefined {
    return this.ref !== undefined || isForm(this.info) ? undefined : describeUnknown(this.info);
  }

  /** Names mean something else now. */
  forget(): void {
    this.state = "open";
    this.found = undefined;
  }

  private find(): void {
    this.state = "under way";
    let named: AstNode | undefined;
    for (const table of tablesFor(this.info)) {
      named = lookUp(table, this.$refText);
      if (named !== undefined) break;
    }
    this.found = named;
    this.state = named === undefined ? "nothing" : "found";
  }

  private get info(): ReferenceInfo {
    return { reference: this, container: this.container, property: this.property };
  }
}

/** `{p.they}`: the last word of a hole may be a form of words and no member. */
function isForm({ container, reference, property }: ReferenceInfo): boolean {
  if (property !== "member" || !(textForms as readonly string[]).includes(reference.$refText)) {
    return false;
  }
  const call = container as unknown as MemberCall;
  const holder = call.$container as unknown as Template;
  return holder?.$type === "Template" && !call.call;
}
