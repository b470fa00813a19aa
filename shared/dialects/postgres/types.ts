/** PostgreSQL's types: the manual, "Data Types". What is not listed keeps its text and is of kind `other`. */
import type { ParsedType, TypeKind, TypeSystem } from "../dialect.ts";
import rows from "./types.json" with { type: "json" };

interface TypeRow {
  readonly name: string;
  readonly kind: TypeKind;
  readonly short: string;
  readonly aliases: readonly string[];
}

const TYPES = rows as readonly TypeRow[];
const BY_NAME = new Map(TYPES.flatMap((row) => [row.name, ...row.aliases].map((name) => [name, row] as const)));

const isDigit = (letter: string): boolean => letter >= "0" && letter <= "9";

interface Shape {
  readonly head: string;
  readonly args: string | null;
  readonly zone: string;
  readonly array: number;
}

/** `timestamp(3) with time zone[]` -> name, arguments, suffix, array. From its end on: a pattern would try every place for each. */
function shapeOf(text: string): Shape {
  let rest = text.trim();
  let array = 0;
  for (; rest.endsWith("]"); array += 1) {
    let open = rest.length - 2;
    while (open > 0 && isDigit(rest.charAt(open))) open -= 1;
    if (rest.charAt(open) !== "[") break;
    rest = rest.slice(0, open).trimEnd();
  }
  const zone = /(?:with|without)\s+time\s+zone$/i.exec(rest);
  if (zone) rest = rest.slice(0, zone.index).trimEnd();
  const open = rest.endsWith(")") ? rest.lastIndexOf("(") : -1;
  const inner = rest.slice(open + 1, -1);
  const called = open >= 0 && !inner.includes(")");
  return {
    ...{ head: called ? rest.slice(0, open).trimEnd() : rest, args: called ? inner : null },
    ...{ zone: zone?.[0] ?? "", array },
  };
}

function parse(text: string): ParsedType {
  const { head, args, zone, array } = shapeOf(text);
  const written = head.replace(/^pg_catalog\./, "");
  const plain = /["A-Z]/.test(written) && written.includes('"') ? written : written.toLowerCase().replace(/\s+/g, " ");
  const wanted = zone !== "" ? `${plain} ${zone.toLowerCase().replace(/\s+/g, " ")}` : plain;
  const row = BY_NAME.get(wanted);
  return {
    name: row?.name ?? wanted,
    args: args === null ? [] : args.split(",").map((arg) => arg.trim()),
    array,
    kind: row?.kind ?? "other",
  };
}

function withArgs(name: string, args: readonly string[], array: number): string {
  const list = args.length === 0 ? "" : `(${args.join(",")})`;
  const zone = / (with|without) time zone$/.exec(name);
  const shown = zone && list !== "" ? `${name.slice(0, zone.index)}${list}${zone[0]}` : name + list;
  return shown + "[]".repeat(array);
}

const format = ({ name, args, array }: ParsedType): string => withArgs(name, args, array);

function short(text: string): string {
  const { name, args, array } = parse(text);
  const row = BY_NAME.get(name);
  const bare = row?.short ?? name.replace(/^public\./, "");
  return `${bare}${args.length === 0 ? "" : `(${args.join(",")})`}${"[]".repeat(array)}`;
}

/** Kinds whose types the engine compares with each other without a cast. */
const FAMILIES: Readonly<Partial<Record<TypeKind, string>>> = {
  integer: "number",
  decimal: "number",
  float: "number",
  text: "text",
  timestamp: "moment",
  date: "moment",
};

function comparable(from: string, to: string): boolean | null {
  const [a, b] = [parse(from), parse(to)];
  if (a.name === b.name && a.array === b.array) return true;
  if (a.array !== b.array) return false;
  if (a.kind === "other" || b.kind === "other") return null;
  const [one, other] = [FAMILIES[a.kind], FAMILIES[b.kind]];
  return one !== undefined && one === other;
}

export const types: TypeSystem = {
  parse,
  format,
  canonical: (text) => format(parse(text)),
  short,
  knows: (text) => BY_NAME.has(parse(text).name),
  common: TYPES.map(({ name }) => name),
  comparable,
};
