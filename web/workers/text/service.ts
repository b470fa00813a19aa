/** A copy of the document and the text beside it: the page sends edits of both and never the design. */
import * as Y from "yjs";
import { arrangeNew, type Positions } from "#shared/arrange/index.ts";
import { type Aids, CodeSession, type Step } from "#shared/code/index.ts";
import { dialectOf } from "#shared/dialects/index.ts";
import { DesignDoc } from "#shared/doc/index.ts";
import type { Position } from "#shared/model/index.ts";
import { mint } from "../../mint.ts";
import { edgesOf } from "#shared/drawing/index.ts";
import { nodesOf } from "../designs/nodes.ts";
import type { Opened, SqlAsked, StepAsked, TextApi } from "./api.ts";
import { sqlOf, type SqlShown } from "./sql.ts";

type Middle = StepAsked["middle"];

/** How tables are drawn, and where there is room for new ones. */
const aids = (middle: () => Middle): Aids => ({
  mint,
  sizeOf: (schema) => {
    const sizes = new Map(nodesOf(schema).map(({ id, width, height }) => [id, [width, height] as const]));
    return (id) => sizes.get(id) ?? [232, 100];
  },
  place: (schema, standing) => {
    const found = arrangeNew(nodesOf(schema), edgesOf(schema), standing as Positions, middle());
    return new Map([...found].filter(([id]) => !standing.has(id))) as ReadonlyMap<string, Position>;
  },
});

export class TextService implements TextApi {
  #design: DesignDoc | null = null;
  #session: CodeSession | null = null;
  #middle: Middle = null;

  open(state: Uint8Array): Promise<Opened | null> {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, state);
    const design = new DesignDoc(doc);
    const dialect = dialectOf(design.snapshot.schema.dialect);
    if (!dialect) return Promise.resolve(null);
    this.#design = design;
    this.#session = new CodeSession(
      design.snapshot,
      dialect,
      aids(() => this.#middle),
    );
    return Promise.resolve({ text: this.#session.text });
  }

  step({ edits, updates, middle }: StepAsked): Promise<Step> {
    const [design, session] = [this.#design, this.#session];
    if (!design || !session) throw new Error("the text was not opened");
    this.#middle = middle;
    follow(design, updates);
    return Promise.resolve(session.step(edits, design.snapshot));
  }

  sql({ dialect, updates }: SqlAsked): Promise<SqlShown> {
    const [design, to] = [this.#design, dialectOf(dialect)];
    if (!design || !to) throw new Error("there is no such text");
    follow(design, updates);
    return sqlOf(design.snapshot.schema, to);
  }
}

function follow({ doc }: DesignDoc, updates: readonly Uint8Array[]): void {
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
}
