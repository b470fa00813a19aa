/** Tables and views: rows in words, rows as bars, or a block with a name. */
import { type Box, type BoxRow, HEADER, ROW } from "#shared/drawing/index.ts";
import { type Brush, inset, roundRect } from "./brush.ts";
import { legible, steppedSize } from "./detail.ts";
import { fontOf } from "./text.ts";

const RADIUS = 8;
/** The band of the table's colour at its top. */
const STRIPE = 3;

export function paintBox(brush: Brush, box: Box, tint: string): void {
  if (brush.detail === "blocks" || brush.detail === "areas") return block(brush, box, tint);
  const { context, theme, state, part } = brush;
  const selected = state.selected.has(box.id);
  if (brush.detail === "words") {
    context.fillStyle = "rgb(0 0 0 / 0.05)";
    roundRect(context, { ...box, y: box.y + 2 }, RADIUS);
    context.fill();
  }
  // Two fills and no clip: cutting to a round path is what costs most without a graphics card.
  context.fillStyle = tint;
  roundRect(context, box, RADIUS);
  context.fill();
  context.fillStyle = theme.color.surface;
  roundRect(context, { ...box, y: box.y + STRIPE, height: box.height - STRIPE }, [RADIUS / 2, RADIUS / 2, RADIUS, RADIUS]);
  context.fill();
  const first = Math.max(0, Math.floor((part.y - box.y - HEADER) / ROW));
  const last = Math.min(box.rows.length, Math.ceil((part.y + part.height - box.y - HEADER) / ROW));
  for (let at = first; at < last; at += 1) {
    const row = box.rows[at];
    if (row) paintRow(brush, box, row, box.y + HEADER + at * ROW);
  }
  header(brush, box);
  context.lineWidth = selected ? 1.5 : 1;
  context.strokeStyle = selected ? theme.color.accent : theme.color["line-strong"];
  roundRect(context, inset(box, 0.5), RADIUS);
  context.stroke();
  if (selected) ring(brush, box);
}

function header({ context, theme, zoom, detail, fitter, state }: Brush, box: Box): void {
  if (state.refused.has(box.id)) {
    context.fillStyle = theme.color.bad;
    context.beginPath();
    context.arc(box.x + box.width - 14, box.y + HEADER / 2 + 1, 4, 0, 2 * Math.PI);
    context.fill();
  }
  context.fillStyle = theme.color.line;
  context.fillRect(box.x, box.y + HEADER - 1, box.width, 1);
  const size = detail === "bars" ? steppedSize(Math.min(22, 11 / zoom)) : 13;
  const title = fitter.fit(context, box.title, { weight: 600, family: theme.ui }, size, box.width - 30);
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.fillStyle = theme.color.ink;
  context.fillText(title, box.x + 10, box.y + HEADER / 2 + 1.5);
  if (box.kind === "view" && detail === "words") {
    context.font = fontOf({ weight: 500, family: theme.ui }, 10);
    context.textAlign = "right";
    context.fillStyle = theme.color["ink-3"];
    context.fillText("VIEW", box.x + box.width - 10, box.y + HEADER / 2 + 1.5);
  }
}

function paintRow(brush: Brush, box: Box, row: BoxRow, y: number): void {
  const { context, theme, state, detail } = brush;
  const id = row.columnId ?? "";
  const wash = state.refused.has(id)
    ? theme.color["bad-soft"]
    : state.column === id || state.related.has(id)
      ? theme.color["accent-soft"]
      : null;
  if (wash !== null && id !== "") {
    context.fillStyle = wash;
    const last = row === box.rows.at(-1) ? RADIUS : 0;
    roundRect(context, { x: box.x, y, width: box.width, height: ROW }, [0, 0, last, last]);
    context.fill();
  }
  if (detail === "words") words(brush, box, row, y + ROW / 2);
  else bars(brush, box, row, y + ROW / 2);
}

function bars({ context, theme }: Brush, box: Box, row: BoxRow, middle: number): void {
  const type = Math.min(60, row.type.length * 5);
  context.fillStyle = theme.color.line;
  context.fillRect(box.x + 28, middle - 3, Math.min(box.width * 0.5, row.name.length * 6), 6);
  context.fillRect(box.x + box.width - 10 - type, middle - 3, type, 6);
}

function words({ context, theme, fitter }: Brush, box: Box, row: BoxRow, middle: number): void {
  context.textBaseline = "middle";
  context.textAlign = "left";
  if (row.mark) {
    context.font = fontOf({ weight: 600, family: theme.ui }, 10);
    context.fillStyle = theme.color["ink-3"];
    context.fillText(row.mark, box.x + 10, middle + 0.5);
  }
  const typeWidth = Math.min(box.width * 0.5, row.type.length * 6.95);
  const type = fitter.fit(context, row.type, { weight: 400, family: theme.code }, 11.5, typeWidth);
  context.textAlign = "right";
  context.fillStyle = theme.color["ink-3"];
  context.fillText(type, box.x + box.width - 10, middle + 0.5);
  const face = { weight: row.mark === "PK" ? 600 : 400, family: theme.ui } as const;
  const name = fitter.fit(context, row.name, face, 12.5, box.width - 48 - typeWidth);
  context.textAlign = "left";
  context.fillStyle = theme.color.ink;
  context.fillText(name, box.x + 30, middle + 0.5);
}

/** Far away: a coloured block, with its name while more than a few letters of it have room. */
function block({ context, theme, zoom, detail, fitter, state }: Brush, box: Box, tint: string): void {
  context.fillStyle = state.refused.has(box.id) ? theme.color["bad-soft"] : theme.color.surface;
  context.fillRect(box.x, box.y, box.width, box.height);
  context.fillStyle = tint;
  context.globalAlpha = state.selected.has(box.id) ? 0.6 : 0.22;
  context.fillRect(box.x, box.y, box.width, box.height);
  context.globalAlpha = 1;
  context.fillRect(box.x, box.y, box.width, Math.max(3, 2 / zoom));
  const size = steppedSize(Math.min(9.5 / zoom, box.height * 0.5));
  if (detail === "areas" || !legible(size, zoom)) return;
  const title = fitter.fit(context, box.title, { weight: 600, family: theme.ui }, size, box.width - 8);
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.fillStyle = theme.color.ink;
  context.fillText(title, box.x + box.width / 2, box.y + box.height / 2);
}

function ring({ context, theme }: Brush, box: Box): void {
  context.lineWidth = 3;
  context.strokeStyle = theme.color["accent-soft"];
  roundRect(context, inset(box, -1.5), RADIUS + 1.5);
  context.stroke();
}
