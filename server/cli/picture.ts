/**
 * The diagram in pixels: the figures that SVG and PDF write, painted by Skia in the app's own fonts. The library is loaded when a picture
 * is wanted, and may be missing: it is built for most machines, not for all.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type * as Skia from "@napi-rs/canvas";
import { type ColourName, draw, type Figure, measureInter, type PictureTheme, type Step, THEMES } from "#shared/drawing/index.ts";
import type { Dialect } from "#shared/dialects/dialect.ts";
import type { Design } from "#shared/formats/json/index.ts";
import { fail, ok, problem, type Result } from "#shared/result/index.ts";

export type PictureKind = "png" | "jpeg";

interface Choice {
  readonly kind: PictureKind;
  readonly theme: "light" | "dark";
  /** Pixels for each pixel of the diagram at its own size. */
  readonly scale: number;
}

interface Painted {
  readonly bytes: Uint8Array;
  /** What is said of it: its size, and why it is smaller than was wanted. */
  readonly told: string;
}

/** No side longer and no more pixels than browsers take too, 256 MB of them. */
const LONGEST = 16_000;
const MOST = 64_000_000;
const QUALITY = 92;

/** Parts of the fonts, each of some scripts; a letter is taken from the first that has it. */
const SCRIPTS = ["latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "vietnamese"];
const FONTS = {
  ui: { name: "inter", scripts: SCRIPTS },
  code: { name: "jetbrains-mono", scripts: SCRIPTS.filter((s) => s !== "greek-ext") },
};

type Families = Readonly<Record<"ui" | "code", string>>;
type Pen = Skia.SKRSContext2D;

/** Hands the fonts to the library, and gives their names as a list. */
async function familiesOf({ GlobalFonts }: typeof Skia): Promise<Families> {
  const register = async ({ name, scripts }: (typeof FONTS)["ui"]): Promise<string> => {
    const names = scripts.map((script) => `drawbridge ${name} ${script}`);
    for (const [at, script] of scripts.entries()) {
      const file = import.meta.resolve(`@fontsource-variable/${name}/files/${name}-${script}-wght-normal.woff2`);
      GlobalFonts.register(await readFile(fileURLToPath(file)), names[at]);
    }
    return names.map((one) => `"${one}"`).join(", ");
  };
  return { ui: `${await register(FONTS.ui)}, sans-serif`, code: `${await register(FONTS.code)}, monospace` };
}

function trace(pen: Pen, steps: readonly Step[]): void {
  pen.beginPath();
  for (const step of steps) {
    if (step.kind === "close") pen.closePath();
    else if (step.kind === "curve") pen.bezierCurveTo(...step.by[0], ...step.by[1], ...step.to);
    else if (step.kind === "move") pen.moveTo(...step.to);
    else pen.lineTo(...step.to);
  }
}

class Painter {
  readonly #pen: Pen;
  readonly #theme: PictureTheme;
  readonly #families: Families;

  constructor(pen: Pen, theme: PictureTheme, families: Families) {
    this.#pen = pen;
    this.#theme = theme;
    this.#families = families;
  }

  paint(figure: Figure): void {
    if (figure.kind === "group") for (const each of figure.figures) this.paint(each);
    else if (figure.kind === "text") this.#text(figure);
    else this.#path(figure);
  }

  #colour(name: ColourName): string {
    return this.#theme[name];
  }

  #text({ text, at, anchor, face, size, fill }: Extract<Figure, { readonly kind: "text" }>): void {
    const pen = this.#pen;
    pen.font = `${String(face.weight)} ${String(size)}px ${this.#families[face.family]}`;
    pen.textAlign = anchor === "end" ? "right" : "left";
    pen.fillStyle = this.#colour(fill);
    pen.fillText(text, ...at);
  }

  #path({ steps, fill, opacity, stroke }: Extract<Figure, { readonly kind: "path" }>): void {
    const pen = this.#pen;
    trace(pen, steps);
    if (fill !== null) {
      pen.globalAlpha = opacity;
      pen.fillStyle = this.#colour(fill);
      pen.fill();
      pen.globalAlpha = 1;
    }
    if (!stroke) return;
    pen.strokeStyle = this.#colour(stroke.colour);
    pen.lineWidth = stroke.width;
    pen.setLineDash([...stroke.dash]);
    pen.stroke();
  }
}

/** Null where it is not installed. */
const loaded = (): Promise<typeof Skia | null> => import("@napi-rs/canvas").catch(() => null);

const shown = (side: number): string => Math.round(side).toLocaleString("en");

/** Paints the first diagram of a design, laid out where it says nothing of places. */
export async function paintPicture(
  design: Design,
  { types }: Dialect,
  { kind, theme, scale: wanted }: Choice,
): Promise<Result<Painted>> {
  const library = await loaded();
  if (!library)
    return fail(
      problem("format.failed", "error", {
        why: "@napi-rs/canvas, which paints pictures, is not installed or not made for this machine.",
      }),
    );
  const { bounds, figures } = draw(design, types.short, measureInter);
  const { width, height } = bounds;
  const scale = Math.min(wanted, LONGEST / Math.max(width, height), Math.sqrt(MOST / (width * height)));
  const canvas = library.createCanvas(Math.max(1, Math.floor(width * scale)), Math.max(1, Math.floor(height * scale)));
  const pen = canvas.getContext("2d");
  const colours = THEMES[theme];
  pen.fillStyle = colours.paper;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(scale, scale);
  pen.translate(-bounds.x, -bounds.y);
  const painter = new Painter(pen, colours, await familiesOf(library));
  for (const figure of figures) painter.paint(figure);
  const bytes = await (kind === "png" ? canvas.encode("png") : canvas.encode("jpeg", QUALITY));
  const size = `Painted at ${shown(canvas.width)} × ${shown(canvas.height)} pixels`;
  const most = `${shown(LONGEST)} on a side and ${String(MOST / 1_000_000)} million in all are the most`;
  const told =
    scale < wanted
      ? `${size}: at --scale ${String(wanted)} it would be ${shown(width * wanted)} × ${shown(height * wanted)}, and ${most}.`
      : `${size}.`;
  return ok({ bytes, told });
}
