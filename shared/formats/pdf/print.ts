/**
 * A picture as a document of PDF 1.4: one page as large as the picture, lines and text as such, and the tables as bookmarks. All of it
 * is ASCII, so that offsets in the text are offsets in the file.
 */
import type { Figure, Picture, PictureTheme } from "../../drawing/index.ts";
import { Content, colour, number } from "./content.ts";
import { Encoding } from "./letters.ts";

/** A CSS pixel is so many points. */
const POINTS = 0.75;
/** No side of a page may be longer, points. */
const LONGEST = 14_400;
const FONTS = { FR: "Helvetica", FB: "Helvetica-Bold", FC: "Courier" } as const;

/** Any text, as titles and bookmarks have it: UTF-16 with a mark, in hexadecimal. */
function hexText(text: string): string {
  let hex = "FEFF";
  for (let at = 0; at < text.length; at += 1) hex += text.charCodeAt(at).toString(16).padStart(4, "0").toUpperCase();
  return `<${hex}>`;
}

/** The objects of a document, numbered from 1; then its table of contents. */
function assembled(objects: readonly string[], info: number): string {
  let text = "%PDF-1.4\n";
  const offsets = objects.map((body, at) => {
    const offset = text.length;
    text += `${String(at + 1)} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = String(objects.length + 1);
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R /Info ${String(info)} 0 R >>\n`;
  return `${text}xref\n0 ${size}\n0000000000 65535 f \n${rows}${trailer}startxref\n${String(text.length)}\n%%EOF\n`;
}

interface Spot {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** Where tables and views stand, by the first point of their groups. */
function spots(figures: readonly Figure[]): Spot[] {
  return figures.flatMap((figure) => {
    if (figure.kind !== "group" || (figure.role !== "table" && figure.role !== "view")) return [];
    const [outline] = figure.figures;
    const first = outline?.kind === "path" ? outline.steps[0] : undefined;
    return first?.kind === "move" ? [{ name: figure.name, x: first.to[0], y: first.to[1] }] : [];
  });
}

/** The whole document. */
export function pdfText(title: string, { bounds, figures }: Picture, theme: PictureTheme): string {
  const { x, y, width, height } = bounds;
  const scale = Math.min(POINTS, LONGEST / Math.max(width, height));
  const [right, top] = [width * scale, height * scale];
  const encoding = new Encoding();
  const content = new Content(theme, encoding);
  content.push(`${colour(theme.paper)} rg 0 0 ${number(right)} ${number(top)} re f`);
  content.push(`${[scale, 0, 0, -scale, -x * scale, (y + height) * scale].map((value) => value.toFixed(5)).join(" ")} cm`);
  for (const figure of figures) content.draw(figure);
  const stream = content.text;
  const marks = spots(figures).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  // 1 catalogue, 2 pages, 3 page, 4 its content, 5 encoding, 6 to 8 fonts, 9 title, 10 bookmarks, 11 and on each of them.
  const reference = (object: number): string => `${String(object)} 0 R`;
  const fonts = Object.keys(FONTS).map((name, at) => `/${name} ${reference(6 + at)}`);
  const states = [...content.opacities].map(([value, name]) => `/${name} << /ca ${number(value)} >>`);
  const resources = `<< /Font << ${fonts.join(" ")} >> /ExtGState << ${states.join(" ")} >> >>`;
  const last = 10 + marks.length;
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R${marks.length > 0 ? " /Outlines 10 0 R" : ""} >>`,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${number(right)} ${number(top)}] /Resources ${resources} /Contents 4 0 R >>`,
    `<< /Length ${String(stream.length)} >>\nstream\n${stream}\nendstream`,
    encoding.dictionary(),
    ...Object.values(FONTS).map((font) => `<< /Type /Font /Subtype /Type1 /BaseFont /${font} /Encoding 5 0 R >>`),
    `<< /Title ${hexText(title)} /Producer (Drawbridge) >>`,
    `<< /Type /Outlines${marks.length > 0 ? ` /First 11 0 R /Last ${reference(last)}` : ""} /Count ${String(marks.length)} >>`,
    ...marks.map(({ name, x: left, y: up }, at) => {
      const place = `[3 0 R /XYZ ${number(Math.max(0, (left - x - 40) * scale))} ${number((y + height - up + 40) * scale)} null]`;
      const before = at === 0 ? "" : ` /Prev ${reference(10 + at)}`;
      const after = 11 + at === last ? "" : ` /Next ${reference(12 + at)}`;
      return `<< /Title ${hexText(name)} /Parent 10 0 R /Dest ${place}${before}${after} >>`;
    }),
  ];
  return assembled(objects, 9);
}
