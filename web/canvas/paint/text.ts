/** Text in the painter's fonts, cut to a width. Letters grow evenly, so a text is measured once, at one size. */

/** What is painted with: a canvas on the page, or one that only makes pictures. */
export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A font but for its size. */
export interface Face {
  readonly weight: 400 | 500 | 600;
  readonly family: string;
}

const MEASURED_AT = 16;
const MOST = 50_000;

export const fontOf = ({ weight, family }: Face, size: number): string => `${String(weight)} ${String(size)}px ${family}`;

export class TextFitter {
  readonly #widths = new Map<string, number>();
  readonly #cut = new Map<string, string>();

  /** Makes this the context's font, and gives the text, or its beginning and an ellipsis. */
  fit(context: Pen, text: string, face: Face, size: number, width: number): string {
    // Rounded up: what fits to the pixel is not cut.
    const shown = this.#fitted(context, text, face, Math.ceil((width * MEASURED_AT) / size + 0.01));
    context.font = fontOf(face, size);
    return shown;
  }

  clear(): void {
    this.#widths.clear();
    this.#cut.clear();
  }

  #fitted(context: Pen, text: string, face: Face, width: number): string {
    const name = `${String(face.weight)}|${face.family}|${text}`;
    const measure = (part: string): number => {
      context.font = fontOf(face, MEASURED_AT);
      return context.measureText(part).width;
    };
    const whole = remembered(this.#widths, name, () => measure(text));
    if (whole <= width) return text;
    return remembered(this.#cut, `${String(width)}|${name}`, () => {
      let [low, high] = [0, text.length];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (measure(`${text.slice(0, middle)}…`) <= width) low = middle;
        else high = middle - 1;
      }
      return `${text.slice(0, low)}…`;
    });
  }
}

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size > MOST) known.clear();
  const made = make();
  known.set(key, made);
  return made;
}
