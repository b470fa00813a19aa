/** The types of MySQL and MariaDB: MySQL manual, "Data Types". What is not listed keeps its text and is of kind `other`. */
import type { ParsedType, TypeKind, TypeSystem } from "../dialect.ts";
import type { Flavour } from "./flavour.ts";
import { literal } from "./quote.ts";
import rows from "./types.json" with { type: "json" };

interface TypeRow {
  readonly name: string;
  readonly kind: TypeKind;
  readonly aliases: readonly string[];
  /** The display width of an integer, signed and unsigned. */
  readonly width?: readonly number[];
}

const TYPES = rows as readonly TypeRow[];
const BY_NAME = new Map(TYPES.flatMap((row) => [row.name, ...row.aliases].map((name) => [name, row] as const)));
/** Arguments that the server adds where none are given. */
const IMPLIED: ReadonlyMap<string, string> = new Map(Object.entries({ decimal: "10,0", char: "1", binary: "1", bit: "1" }));

const MOST_KNOWN = 1000;

const SIGN = /(?:unsigned|signed|zerofill)$/i;
const VALUE = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[^\s,'"][^,'"]*/g;

/** Arguments as the server prints them: strings in single quotes, no spaces. */
function argsOf(text: string): readonly string[] {
  return (text.match(VALUE) ?? []).flatMap((arg) => {
    const bare = arg.trim();
    if (bare === "") return [];
    return bare.startsWith('"') ? [literal(bare.slice(1, -1).replaceAll('""', '"'))] : [bare];
  });
}

interface Shape {
  readonly head: string;
  readonly args: string | null;
  readonly signs: string;
}

/** `int(10) unsigned` -> name, arguments, signs. From its end on: a pattern would try every place for each. */
function shapeOf(text: string): Shape {
  let rest = text.trim();
  let signs = "";
  for (let sign = SIGN.exec(rest.slice(-8)); sign; sign = SIGN.exec(rest.slice(-8))) {
    signs = `${sign[0]} ${signs}`;
    rest = rest.slice(0, -sign[0].length).trimEnd();
  }
  const open = rest.indexOf("(");
  const called = open >= 0 && rest.endsWith(")");
  const head = called ? rest.slice(0, open).trimEnd() : rest;
  if (/[()]/.test(head)) return { head: text, args: null, signs: "" };
  return { head, args: called ? rest.slice(open + 1, -1) : null, signs };
}

function parse(text: string): ParsedType {
  const { head, args, signs } = shapeOf(text);
  const wanted = head.toLowerCase().replace(/\s+/g, " ");
  if (wanted === "bool" || wanted === "boolean") return { name: "tinyint", args: ["1"], array: 0, kind: "boolean" };
  const row = BY_NAME.get(wanted);
  const zerofill = /zerofill/i.test(signs) ? " zerofill" : "";
  const unsigned = zerofill !== "" || /\bunsigned/i.test(signs) ? " unsigned" : "";
  const list = args === null ? [] : argsOf(args);
  const truth = row?.name === "tinyint" && list[0] === "1" && unsigned === "";
  return {
    name: `${row?.name ?? wanted}${unsigned}${zerofill}`,
    args: list,
    array: 0,
    kind: truth ? "boolean" : (row?.kind ?? "other"),
  };
}

function format({ name, args }: ParsedType): string {
  if (args.length === 0) return name;
  const [, bare = name, signs = ""] = /^(.*?)((?: unsigned)?(?: zerofill)?)$/.exec(name) ?? [];
  return `${bare}(${args.join(",")})${signs}`;
}

function printed(type: ParsedType, flavour: Flavour): ParsedType {
  const [bare = ""] = type.name.split(" ");
  const row = BY_NAME.get(bare);
  const unsigned = type.name.includes("unsigned");
  if (row?.width) {
    const width = type.name.endsWith("zerofill") ? row.width[1] : row.width[unsigned ? 1 : 0];
    if (flavour.displayWidths) return type.args.length > 0 ? type : { ...type, args: [String(width)] };
    const kept = type.kind === "boolean" || type.name.endsWith("zerofill");
    if (!kept) return { ...type, args: [] };
    return type.args.length > 0 ? type : { ...type, args: [String(width)] };
  }
  if (bare === "geomcollection") return { ...type, name: flavour.geometryCollection };
  if (bare === "year") return { ...type, args: flavour.displayWidths ? ["4"] : [] };
  if (bare === "float" && type.args.length === 1)
    return { ...type, name: type.name.replace("float", Number(type.args[0]) > 24 ? "double" : "float"), args: [] };
  if (bare === "decimal" && type.args.length === 1) return { ...type, args: [...type.args, "0"] };
  if (/^(datetime|timestamp|time)$/.test(bare) && type.args[0] === "0") return { ...type, args: [] };
  const implied = IMPLIED.get(bare);
  return implied !== undefined && type.args.length === 0 ? { ...type, args: implied.split(",") } : type;
}

/** Kinds whose types the server lets a foreign key join only when size and sign agree too. */
function comparable(from: ParsedType, to: ParsedType): boolean | null {
  if (from.kind === "other" || to.kind === "other") return null;
  const text = (type: ParsedType): boolean => /^(char|varchar)\b/.test(type.name);
  const bytes = (type: ParsedType): boolean => /^(binary|varbinary)\b/.test(type.name);
  if ((text(from) && text(to)) || (bytes(from) && bytes(to))) return true;
  return from.name.replace(" zerofill", "") === to.name.replace(" zerofill", "");
}

export function createTypes(flavour: Flavour): TypeSystem {
  // A catalogue of thousands of columns has a few dozen types.
  const known = new Map<string, string>();
  const canonical = (text: string): string => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = format(printed(parse(text), flavour));
    if (known.size < MOST_KNOWN) known.set(text, made);
    return made;
  };
  return {
    parse,
    format,
    canonical,
    short: (text) => {
      const type = parse(text);
      const bare = type.kind === "integer" ? { ...type, args: [] } : type;
      return type.kind === "boolean" ? "bool" : format(bare);
    },
    knows: (text) => {
      const { name, kind } = parse(text);
      return kind !== "other" ? !flavour.lacks.has(name) : BY_NAME.has(name) && !flavour.lacks.has(name);
    },
    common: TYPES.map(({ name }) => name)
      .filter((name) => !flavour.lacks.has(name))
      .map((name) => (name === "varchar" ? "varchar(255)" : name === "decimal" ? "decimal(10,2)" : name)),
    comparable: (from, to) => comparable(parse(from), parse(to)),
  };
}
