/** Tables and views as the layout sees them, named in the types of the design's own dialect. */
import type { ArrangeNode } from "#shared/arrange/index.ts";
import { dialectOf, dialects } from "#shared/dialects/index.ts";
import { nodesOf as nodes } from "#shared/drawing/index.ts";
import type { Schema } from "#shared/model/index.ts";

export const nodesOf = (schema: Schema): ArrangeNode[] =>
  nodes(schema, (dialectOf(schema.dialect) ?? dialects.postgres).types.short);
