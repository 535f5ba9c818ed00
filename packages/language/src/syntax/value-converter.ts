/** Values of terminals: a text without its quotes and braces; a backslash is a backslash. */
import { type CstNode, DefaultValueConverter, type GrammarAST, type ValueType } from "langium";

const quoted: readonly string[] = ["STRING", "TITLE", "TEXT_START", "TEXT_MID", "TEXT_END"];

export class FabulaValueConverter extends DefaultValueConverter {
  protected override runConverter(
    rule: GrammarAST.AbstractRule,
    input: string,
    cstNode: CstNode,
  ): ValueType {
    if (quoted.includes(rule.name)) return input.slice(1, -1);
    return rule.name === "ID" ? input : super.runConverter(rule, input, cstNode);
  }
}
