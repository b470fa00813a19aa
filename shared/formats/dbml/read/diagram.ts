/** What a text says of the drawing: places and colours, groups as areas, notes. */
import type { Area, AreaId, Diagram, DiagramId, Note, NoteId, Position, TableId, TintName } from "../../../model/index.ts";
import { DIAGRAM } from "../../kit/names.ts";
import type { GroupNode, MetadataNode, Pair, Setting, StickyNode } from "../text/ast.ts";
import { tintOf } from "../../kit/tints.ts";
import type { Fault } from "../../kit/faults.ts";
import { idOf } from "../../kit/ids.ts";
import { type Context, settle, spanOf, textOf } from "./context.ts";
import { keyOf, type Owned } from "./files.ts";
import type { TableDraft } from "./tables.ts";

/** About what the canvas draws: areas without a place are laid out by it. */
const WIDTH = 300;
const HEADER = 100;
const ROW = 26;
const GAP = 80;
const NOTE: readonly [number, number] = [220, 140];

/** Numbers that stand beside something under keys of ours, and what else stands there. */
interface Place {
  at: Position | null;
  size: readonly [number, number] | null;
  title: string | null;
}

const NOWHERE: Place = { at: null, size: null, title: null };

const OURS: ReadonlySet<string> = new Set(["x", "y", "width", "height", "title"]);

export class Drawing {
  readonly #context: Context;
  /** What stands beside each node under keys of ours. */
  readonly #nodes = new Map<object, Map<string, string>>();
  readonly #tables: ReadonlyMap<object, TableDraft>;

  constructor(context: Context, tables: ReadonlyMap<object, TableDraft>) {
    this.#context = context;
    this.#tables = tables;
  }

  /** `Metadata Table users { x: '10' }`: the later one counts. */
  metadata(node: MetadataNode): void {
    if (node.target === "column") {
      this.#context.leave("metadata of columns", "a design has no place for them");
      return;
    }
    const { namespace, name } = this.#context.files.split(node.name);
    const file = this.#context.files.of(node.piece);
    const list = node.target === "table" ? file.tables : node.target === "tablegroup" ? file.groups : file.stickies;
    const owned = list.get(keyOf(namespace, name));
    if (!owned) {
      this.#context.tell(node.piece, {
        ...spanOf(node.name),
        code: "text.missing",
        what: node.target,
        name: node.name.parts.join("."),
      });
      return;
    }
    for (const pair of node.pairs) this.#keep(owned.node, pair.key, pairText(pair));
  }

  /** Settings that a person may have given any name: ours say where something stands. */
  own(node: object): (setting: Setting) => void {
    return ({ written, value }) => {
      this.#keep(node, written, value?.kind === "string" ? value.text : null);
    };
  }

  #keep(node: object, key: string, text: string | null): void {
    if (text === null || !OURS.has(key)) {
      this.#context.leave("settings of a person's own", "a design has no place for them");
      return;
    }
    let known = this.#nodes.get(node);
    if (!known) this.#nodes.set(node, (known = new Map()));
    known.set(key, text);
  }

  #place(node: object): Place {
    const said = this.#nodes.get(node);
    if (!said) return NOWHERE;
    const number = (key: string): number | null => {
      const text = said.get(key)?.trim() ?? "";
      return text !== "" && Number.isFinite(Number(text)) ? Number(text) : null;
    };
    const [x, y, width, height] = [number("x"), number("y"), number("width"), number("height")];
    return {
      at: x === null || y === null ? null : [x, y],
      size: width === null || height === null ? null : [width, height],
      title: said.get("title") ?? null,
    };
  }

  /** The whole drawing, or null where a text says nothing of it. */
  diagram(
    name: string | null,
    drafts: readonly TableDraft[],
    groups: readonly Owned<GroupNode>[],
    stickies: readonly Owned<StickyNode>[],
  ): Diagram | null {
    const positions = new Map<TableId, Position>();
    const tints = new Map<TableId, TintName>();
    for (const { id, node, tint } of drafts) {
      const { at } = this.#place(node);
      if (at && this.#tables.get(node)?.id === id) positions.set(id, at);
      if (tint) tints.set(id, tint);
    }
    const areas = this.#areas(groups, positions);
    const notes = stickies.map((sticky, number) => this.#note(sticky, number));
    if (positions.size + tints.size + areas.length + notes.length === 0) return null;
    return { id: idOf<DiagramId>("diagram", "main"), name: name ?? DIAGRAM, positions, tints, areas, notes };
  }

  /** Groups that say no place are laid out beside each other, their tables within. */
  #areas(groups: readonly Owned<GroupNode>[], positions: Map<TableId, Position>): Area[] {
    const grouped = new Set<TableDraft>();
    let left = 0;
    return groups.map(({ node, name }) => {
      let tint: TintName = "slate";
      let comment = node.notes.length > 0;
      settle(
        this.#context,
        node.piece,
        "group",
        node.settings,
        {
          color: (value) => {
            const found = value?.kind === "colour" ? tintOf(value.text) : null;
            tint = found ?? tint;
            return found === null ? "a colour, such as #1d4ed8" : null;
          },
          note: (value) => {
            comment = textOf(value) !== null;
            return comment ? null : "a text in quotes";
          },
        },
        this.own(node),
      );
      if (comment) this.#context.leave("notes of groups", "an area has none");
      const members = this.#members(node, grouped);
      const place = this.#place(node);
      const id = idOf<AreaId>("area", name);
      const title = place.title ?? name;
      if (place.at && place.size) return { id, name: title, at: place.at, size: place.size, tint };
      const area = { id, name: title, tint, ...block(members, [left, 0], positions) };
      left += area.size[0] + GAP;
      return area;
    });
  }

  #members(node: GroupNode, grouped: Set<TableDraft>): TableDraft[] {
    const file = this.#context.files.of(node.piece);
    const tell = (fault: Fault): void => {
      this.#context.tell(node.piece, fault);
    };
    const members: TableDraft[] = [];
    for (const table of node.tables) {
      const { namespace, name } = this.#context.files.split(table);
      const owned = file.tables.get(keyOf(namespace, name));
      const draft = owned && this.#tables.get(owned.node);
      if (!draft) tell({ ...spanOf(table), code: "text.missing", what: "table", name: table.parts.join(".") });
      else if (grouped.has(draft)) tell({ ...spanOf(table), code: "text.twice", what: "Among the groups the table", name });
      else {
        grouped.add(draft);
        members.push(draft);
      }
    }
    return members;
  }

  #note({ node, name }: Owned<StickyNode>, number: number): Note {
    let tint: TintName = "amber";
    settle(
      this.#context,
      node.piece,
      "note",
      node.settings,
      {
        color: (value) => {
          if (value?.kind === "words" && value.text.toLowerCase() === "none") return null;
          const found = value?.kind === "colour" ? tintOf(value.text) : null;
          tint = found ?? tint;
          return found === null ? "a colour, such as #1d4ed8, or none" : null;
        },
      },
      this.own(node),
    );
    for (const extra of node.notes.slice(1))
      this.#context.tell(node.piece, { ...spanOf(extra), code: "text.twice", what: "The text of", name });
    const { at, size } = this.#place(node);
    const column = number % 6;
    const beside: Position = [column * (NOTE[0] + GAP), -(NOTE[1] + GAP) * (1 + (number - column) / 6)];
    return { id: idOf<NoteId>("note", name), text: node.notes[0]?.text ?? "", at: at ?? beside, size: size ?? NOTE, tint };
  }
}

/** The tables of a group in columns, and the area around them; tables that have a place keep it. */
function block(
  members: readonly TableDraft[],
  [left, top]: Position,
  positions: Map<TableId, Position>,
): Pick<Area, "at" | "size"> {
  const across = Math.max(1, Math.ceil(Math.sqrt(members.length)));
  const heights = Array.from({ length: across }, () => HEADER);
  for (const [at, { id, columns }] of members.entries()) {
    const column = at % across;
    const y = heights[column] ?? HEADER;
    if (!positions.has(id)) positions.set(id, [left + GAP / 2 + column * WIDTH, top + y]);
    heights[column] = y + HEADER + columns.size * ROW;
  }
  return { at: [left, top], size: [across * WIDTH + GAP / 2, Math.max(...heights)] };
}

function pairText({ value }: Pair): string | null {
  if (value?.kind === "string" || value?.kind === "number") return value.text;
  return textOf(value);
}
