/** Operator classes of indexes: Prisma has words for some, and `raw("...")` for all. */
import type { Expression } from "./text/ast.ts";

/** `JsonbPathOps` is `jsonb_path_ops`; what is no operator class is none. */
export function opclassOf(expression: Expression): string | null {
  if (expression.kind === "call" && expression.name === "raw") {
    const [first] = expression.args;
    return first?.value.kind === "string" ? first.value.text : null;
  }
  if (expression.kind !== "word") return null;
  return expression.text.replace(/(?!^)[A-Z]/g, (c) => `_${c}`).toLowerCase();
}
