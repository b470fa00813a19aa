/** Formats away from the page: which kind a text is of, reading it into a design, and writing a design as one. */
import { type DialectId, dialectOf, dialects } from "#shared/dialects/index.ts";
import { decode } from "#shared/dialects/kit/decode.ts";
import { partOf } from "#shared/drawing/index.ts";
import { type Format, formatOf, formats, readTogether, recognise, together, writeAs } from "#shared/formats/index.ts";
import type { Design } from "#shared/formats/json/index.ts";
import type { Problem, Report } from "#shared/result/index.ts";
import { pack, type Parcel } from "../parcel.ts";

/** A format as it is offered. */
export interface FormatInfo extends Pick<Format, "id" | "label" | "about" | "mediaType"> {
  /** How its files end, without the dot. */
  readonly extension: string;
  readonly reads: boolean;
  readonly writes: boolean;
  readonly variants: readonly { readonly id: string; readonly label: string }[];
}

export interface TextRead {
  readonly name: string;
  readonly parcel: Parcel;
}

/** Texts that are one design. */
export interface TextsRead extends TextRead {
  /** The main one of them; empty where all of them are one. */
  readonly main: string;
  /** Those that may be it. */
  readonly mains: readonly string[];
}

export interface TextWritten {
  readonly text: string;
  /** What the format does not hold. */
  readonly lost: readonly Problem[];
}

const HEAD = 64 * 1024;
/** Two dialects this near to each other may both be right. */
const NEAR = 0.15;
const ALL = Object.values(dialects);

export const formatService = {
  list(): Promise<readonly FormatInfo[]> {
    const all: readonly Format[] = Object.values(formats);
    return Promise.resolve(
      all.map(({ id, label, about, mediaType, extensions: [extension], reader, writer }) => ({
        ...{ id, label, about, mediaType, extension },
        reads: reader !== null,
        writes: writer !== null,
        variants: writer?.variants ?? [],
      })),
    );
  },

  /**
   * The kind, a format's or a dialect's id, that is surest of a text, from its beginning. Among dialects that are about as sure, the
   * one that a person chose before.
   */
  kindOf(head: ArrayBuffer, fileName: string, chosen: string | null): Promise<string> {
    const text = decode(new Uint8Array(head), fileName).value ?? "";
    const [best] = recognise(text.slice(0, HEAD), fileName, ALL);
    if (best && formatOf(best.kind)) return Promise.resolve(best.kind);
    const sql = ALL.map(({ id, importer }) => ({ id, sure: importer.recognise(text) }));
    const first = sql.reduce((one, other) => (other.sure > one.sure ? other : one));
    return Promise.resolve(sql.find(({ id, sure }) => id === chosen && first.sure - sure <= NEAR)?.id ?? first.id);
  },

  /** Reads a text of a format. `dialect`: the database that a person says the design is for; null: what the text says. */
  read(bytes: ArrayBuffer, fileName: string, kind: string, dialect: string | null): Promise<Report<TextRead | null>> {
    const reader = formatOf(kind)?.reader;
    if (!reader) throw new Error(`${kind} is no format that is read`);
    const text = decode(new Uint8Array(bytes), fileName);
    const chosen = dialect === null ? ALL : [dialects[dialect as DialectId]];
    const { value, problems } = reader.read(text.value ?? "", { dialects: chosen, path: fileName });
    // Ids of a design file are those of a design; other texts have only names.
    const read = value && { name: value.name, parcel: pack(value.schema, value.diagrams[0] ?? null, kind === "json") };
    return Promise.resolve({ value: read, problems: [...text.problems, ...problems] });
  },

  /**
   * Reads texts of a format that are one design, by their paths. `main`: which of them a person says is the main one, empty for none;
   * null to find out. `dialect` as in `read`.
   */
  readTogether(
    texts: ReadonlyMap<string, string>,
    kind: string,
    { main, dialect }: { readonly main: string | null; readonly dialect: string | null },
  ): Promise<Report<TextsRead | null>> {
    const format = formatOf(kind);
    const parts = format && together(texts, format, main);
    if (!format?.reader || !parts) throw new Error(`there is nothing of ${kind} to read`);
    const chosen = dialect === null ? ALL : [dialects[dialect as DialectId]];
    const { value, problems } = readTogether(texts, parts, { ...format, reader: format.reader }, chosen);
    const read = value && {
      name: value.name,
      parcel: pack(value.schema, value.diagrams[0] ?? null, false),
      main: parts.beside.length > 0 ? "" : parts.main,
      mains: parts.roots,
    };
    return Promise.resolve({ value: read, problems });
  },

  /** `chosen`: the ids of what is to be drawn; null for everything. */
  write(kind: string, variant: string, whole: Design, chosen: ReadonlySet<string> | null): Promise<TextWritten> {
    const format = formatOf(kind);
    const design = chosen === null ? whole : partOf(whole, chosen);
    const dialect = dialectOf(design.schema.dialect);
    if (!format?.writer || !dialect) throw new Error(`${kind} of ${design.schema.dialect} cannot be written`);
    const { value, problems } = writeAs({ ...format, writer: format.writer }, design, dialect, variant);
    return Promise.resolve({ text: value, lost: problems });
  },
};
