/** Text cut to a width, measured once. */
export class TextFitter {
  readonly #cut = new Map<string, string>();

  /** The text, or its beginning and an ellipsis. The context's font must be set to `font` already. */
  fit(context: CanvasRenderingContext2D, text: string, font: string, width: number): string {
    const key = `${font}|${String(Math.round(width))}|${text}`;
    const known = this.#cut.get(key);
    if (known !== undefined) return known;
    let shown = text;
    if (context.measureText(text).width > width) {
      let [low, high] = [0, text.length];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (context.measureText(`${text.slice(0, middle)}…`).width <= width) low = middle;
        else high = middle - 1;
      }
      shown = `${text.slice(0, low)}…`;
    }
    if (this.#cut.size > 50_000) this.#cut.clear();
    this.#cut.set(key, shown);
    return shown;
  }

  clear(): void {
    this.#cut.clear();
  }
}
