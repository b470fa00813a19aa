/**
 * The page that shows a design without anything else: no network, no server, one file. `shared/formats/html` puts the built form of this
 * folder into it (see `tools/viewer.mjs`).
 */
import { SceneBuilder } from "#shared/drawing/index.ts";
import { Board, type Chosen } from "./board.ts";
import { readPage } from "./data.ts";
import { details } from "./details.ts";
import { part } from "./dom.ts";
import { list } from "./list.ts";

const dark = matchMedia("(prefers-color-scheme: dark)");
const setTheme = (): void => {
  document.documentElement.dataset["theme"] = dark.matches ? "dark" : "light";
};

function open(): void {
  const data = readPage(document);
  if (!data) {
    part("message").textContent = "This file was damaged on its way: the design in it cannot be read.";
    return;
  }
  const { design, dialect, short } = data;
  const { schema, diagrams } = design;
  const [diagram] = diagrams;
  if (!diagram || schema.tables.length + schema.views.length === 0) {
    part("message").textContent = "There are no tables in this design.";
    return;
  }
  const counts = `${String(schema.tables.length)} tables · ${String(schema.foreignKeys.length)} relations`;
  part("about").textContent = `${dialect} · ${counts}`;
  const scene = new SceneBuilder().build({ schema, diagram, shortType: short });
  const panel = part("details");
  const choose = (chosen: Chosen | null, near: boolean): void => {
    board.show(chosen, near);
    mark(chosen?.id ?? null);
    panel.replaceChildren(...(chosen ? details(chosen, schema, (next) => choose(next, true)) : []));
    panel.hidden = chosen === null;
    panel.scrollTop = 0;
    panel.querySelector(".chosen")?.scrollIntoView({ block: "nearest" });
  };
  const canvas = part("board") as HTMLCanvasElement;
  const board = new Board(canvas, scene, (chosen) => choose(chosen, false));
  const mark = list([...schema.tables, ...schema.views], (chosen) => choose(chosen, true));
  part("closer").addEventListener("click", () => board.zoom(1.25));
  part("farther").addEventListener("click", () => board.zoom(0.8));
  part("all").addEventListener("click", () => board.fit());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") choose(null, false);
    else if (event.key === "/" && document.activeElement !== part("find")) {
      event.preventDefault();
      part("find").focus();
    }
  });
  dark.addEventListener("change", () => {
    setTheme();
    board.refresh();
  });
  board.fit();
}

setTheme();
open();
