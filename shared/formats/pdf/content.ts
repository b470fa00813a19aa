/** Figures as the drawing operators of a page (ISO 32000-1, annex A). */
import type { Figure, PictureTheme, Step } from "../../drawing/index.ts";
import { type Encoding, measureStandard } from "./letters.ts";

export const number = (value: number): string => String(Math.round(value * 100) / 100);
const pair = ([x, y]: readonly [number, number]): string => `${number(x)} ${number(y)}`;

const OPERATORS = { move: "m", line: "l" } as const;

const path = (steps: readonly Step[]): string =>
  steps
    .map((step) => {
      if (step.kind === "close") return "h";
      if (step.kind === "curve") return `${[...step.by, step.to].map(pair).join(" ")} c`;
      return `${pair(step.to)} ${OPERATORS[step.kind]}`;
    })
    .join("\n");

/** `#rrggbb` as three numbers from 0 to 1. */
export function colour(hex: string): string {
  return [1, 3, 5].map((at) => String(Math.round((Number.parseInt(hex.slice(at, at + 2), 16) / 255) * 1000) / 1000)).join(" ");
}

/** What is asked of the page besides: opacities, by the names that its resources have to have. */
export class Content {
  readonly opacities = new Map<number, string>();
  readonly #lines: string[] = [];
  readonly #theme: PictureTheme;
  readonly #encoding: Encoding;

  constructor(theme: PictureTheme, encoding: Encoding) {
    this.#theme = theme;
    this.#encoding = encoding;
  }

  get text(): string {
    return this.#lines.join("\n");
  }

  push(operators: string): void {
    this.#lines.push(operators);
  }

  draw(figure: Figure): void {
    if (figure.kind === "group") for (const each of figure.figures) this.draw(each);
    else if (figure.kind === "text") this.#write(figure);
    else this.#path(figure);
  }

  #path({ steps, fill, opacity, stroke }: Extract<Figure, { readonly kind: "path" }>): void {
    const see = opacity === 1 ? [] : ["q", `/${this.#opacity(opacity)} gs`];
    this.#lines.push(...see);
    if (fill !== null) this.#lines.push(`${colour(this.#theme[fill])} rg`);
    if (stroke) {
      const dash = `[${stroke.dash.map(number).join(" ")}] 0 d`;
      this.#lines.push(`${colour(this.#theme[stroke.colour])} RG ${number(stroke.width)} w ${dash}`);
    }
    this.#lines.push(path(steps), fill !== null && stroke ? "B" : stroke ? "S" : "f");
    if (see.length > 0) this.#lines.push("Q");
  }

  #opacity(value: number): string {
    const known = this.opacities.get(value);
    if (known !== undefined) return known;
    const name = `O${String(this.opacities.size)}`;
    this.opacities.set(value, name);
    return name;
  }

  /** The page is upside down, as the canvas counts: letters are turned back. */
  #write({ text, at: [x, y], anchor, face, size, fill }: Extract<Figure, { readonly kind: "text" }>): void {
    const font = face.family === "code" ? "FC" : face.weight === 600 ? "FB" : "FR";
    const left = anchor === "end" ? x - measureStandard(text, face) * size : x;
    this.#lines.push(
      `${colour(this.#theme[fill])} rg`,
      `BT /${font} ${number(size)} Tf 1 0 0 -1 ${pair([left, y])} Tm ${this.#encoding.string(text)} Tj ET`,
    );
  }
}
