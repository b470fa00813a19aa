/** Areas and notes. */
import { rectOfPiece } from "#shared/drawing/index.ts";
import type { Area, Note } from "#shared/model/index.ts";
import { type Brush, roundRect } from "./brush.ts";
import { legible, steppedSize } from "./detail.ts";
import { fontOf, type Pen } from "./text.ts";

/** An area lies under everything; near enough its name stands in its corner. */
export function paintArea({ context, theme, zoom, detail, fitter, state }: Brush, area: Area): void {
  const rect = rectOfPiece(area);
  const selected = state.selected.has(area.id);
  roundRect(context, rect, 14);
  context.fillStyle = theme.tint[area.tint];
  context.globalAlpha = detail === "areas" ? 0.18 : 0.06;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = Math.max(selected ? 2 : 1, (selected ? 1.5 : 0.75) / zoom);
  context.strokeStyle = selected ? theme.color.accent : theme.color["line-strong"];
  context.setLineDash([5, 4].map((length) => length * Math.max(1, 0.75 / zoom)));
  context.stroke();
  context.setLineDash([]);
  if (detail === "areas") return;
  const size = steppedSize(Math.min(Math.max(12, 12 / zoom), rect.height * 0.4));
  const name = fitter.fit(context, area.name, { weight: 600, family: theme.ui }, size, rect.width - 28);
  context.textBaseline = "top";
  context.textAlign = "left";
  context.fillStyle = theme.color["ink-2"];
  context.fillText(name, rect.x + 14, rect.y + 9);
}

/** Farthest away an area is its name, over the blocks of its tables. */
export function paintAreaName({ context, theme, zoom, fitter }: Brush, area: Area): void {
  const { x, y, width, height } = rectOfPiece(area);
  const size = steppedSize(Math.min(15 / zoom, height * 0.5));
  if (!legible(size, zoom)) return;
  const name = fitter.fit(context, area.name, { weight: 600, family: theme.ui }, size, width * 0.94);
  context.textBaseline = "middle";
  context.textAlign = "center";
  // A rim of paper keeps the letters apart from the blocks behind them.
  context.lineWidth = size / 4;
  context.lineJoin = "round";
  context.strokeStyle = theme.color.paper;
  context.strokeText(name, x + width / 2, y + height / 2);
  context.fillStyle = theme.color.ink;
  context.fillText(name, x + width / 2, y + height / 2);
}

export function paintNote({ context, theme, zoom, state }: Brush, note: Note): void {
  const { x, y, width, height } = rectOfPiece(note);
  roundRect(context, { x, y, width, height }, 6);
  context.fillStyle = theme.color["warn-soft"];
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = state.selected.has(note.id) ? theme.color.accent : theme.color["line-strong"];
  context.stroke();
  if (!legible(12.5, zoom)) return;
  context.font = fontOf({ weight: 400, family: theme.ui }, 12.5);
  context.textBaseline = "top";
  context.textAlign = "left";
  context.fillStyle = theme.color.ink;
  let line = y + 10;
  for (const text of wrapped(context, note.text, width - 20)) {
    if (line > y + height - 14) break;
    context.fillText(text, x + 10, line);
    line += 18;
  }
}

function wrapped(context: Pen, text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.split(" ")) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (line !== "" && context.measureText(longer).width > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line];
  });
}
