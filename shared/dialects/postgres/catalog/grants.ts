/** Privileges that differ from the defaults, as REVOKE and GRANT statements: one verbatim object for each thing they are on. */
import type { Verbatim, VerbatimId } from "../../../model/index.ts";
import { identifier } from "../quote.ts";
import { flag, groupBy, type Ids, type Row, word } from "./reader.ts";

const KIND_OF_DEFAULT: Readonly<Record<string, string>> = {
  r: "TABLES",
  S: "SEQUENCES",
  f: "FUNCTIONS",
  T: "TYPES",
  n: "SCHEMAS",
  L: "LARGE OBJECTS",
};

/** Every privilege that objects of a kind have; held all together they are called ALL. */
const ALL: Readonly<Record<string, number>> = {
  TABLE: 8,
  SEQUENCE: 3,
  FUNCTION: 1,
  PROCEDURE: 1,
  SCHEMA: 2,
  TYPE: 1,
  "FOREIGN SERVER": 1,
};

interface Privilege {
  readonly role: string;
  readonly name: string;
  readonly grantable: boolean;
}

const key = (privilege: Privilege): string => `${privilege.role}\0${privilege.name}\0${String(privilege.grantable)}`;

function statementsFor(
  kind: string,
  name: string,
  part: string | null,
  now: readonly Privilege[],
  usual: readonly Privilege[],
): string[] {
  const keyword = kind === "TABLE" ? "TABLE" : kind;
  const held = new Set(now.map(key));
  const before = new Set(usual.map(key));
  const out: string[] = [];
  const lost = usual.filter((privilege) => !held.has(key(privilege)));
  for (const role of new Set(lost.map((privilege) => privilege.role))) {
    out.push(
      `REVOKE ${lost
        .filter((p) => p.role === role)
        .map((p) => p.name)
        .join(", ")} ON ${keyword} ${name} FROM ${role}`,
    );
  }
  const gained = now.filter((privilege) => !before.has(key(privilege)));
  const groups = new Map<string, Privilege[]>();
  for (const privilege of gained) {
    const group = `${privilege.role}\0${String(privilege.grantable)}`;
    groups.set(group, [...(groups.get(group) ?? []), privilege]);
  }
  for (const list of groups.values()) {
    const [first] = list;
    if (!first) continue;
    const column = part === null ? "" : `(${identifier(part)})`;
    const names = list.length === ALL[kind] && part === null ? "ALL" : list.map((p) => `${p.name}${column}`).join(", ");
    out.push(`GRANT ${names} ON ${keyword} ${name} TO ${first.role}${first.grantable ? " WITH GRANT OPTION" : ""}`);
  }
  return out;
}

export function readGrants(rows: readonly Row[], ids: Ids): Verbatim[] {
  const objects = groupBy(rows, (row) => `${word(row[0])}\0${word(row[1])}`);
  return [...objects.values()].flatMap((list) => {
    const [first] = list;
    if (!first) return [];
    const [kind, name] = [word(first[0]), word(first[1])];
    const owner = ids.find(word(first[2]), first[3]);
    const statements = [...groupBy(list, (row) => word(row[4])).entries()].flatMap(([part, privileges]) => {
      const of = (which: string): Privilege[] =>
        privileges
          .filter((row) => word(row[5]) === which)
          .map((row) => ({ role: word(row[6]), name: word(row[7]), grantable: flag(row[8]) }));
      return statementsFor(kind, name, part === "" ? null : part, of("now"), part === "" ? of("default") : []);
    });
    if (statements.length === 0) return [];
    return [
      {
        id: `grant:${kind} ${name}` as VerbatimId,
        kind: "grant",
        namespaceId: null,
        ownerId: null,
        name: `${kind.toLowerCase()} ${name}`,
        definition: statements.join(";\n"),
        comment: null,
        dependsOn: owner === null ? [] : [owner],
      },
    ];
  });
}

export function readDefaultGrants(rows: readonly Row[]): Verbatim[] {
  const groups = groupBy(rows, (row) => [row[1], row[2], row[3], row[4], row[6], row[7]].map(word).join("\0"));
  return [...groups.values()].flatMap((list) => {
    const [first] = list;
    if (!first) return [];
    const [, role, namespace, objects, grantee] = first.map(word);
    const where = namespace ? ` IN SCHEMA ${identifier(namespace)}` : "";
    const target = KIND_OF_DEFAULT[objects ?? ""] ?? "TABLES";
    const privileges = list.map((row) => word(row[5]));
    const names = privileges.length === ALL[target.slice(0, -1)] ? "ALL" : privileges.join(", ");
    const passing = flag(first[6]) ? " WITH GRANT OPTION" : "";
    const act = flag(first[7])
      ? `GRANT ${names} ON ${target} TO ${grantee ?? ""}${passing}`
      : `REVOKE ALL ON ${target} FROM ${grantee ?? ""}`;
    const name = `default ${target.toLowerCase()} of ${role ?? ""}${where}: ${act}`;
    const definition = `ALTER DEFAULT PRIVILEGES FOR ROLE ${role ?? ""}${where} ${act}`;
    return [
      {
        id: `grant:${name}` as VerbatimId,
        kind: "default privileges",
        namespaceId: null,
        ownerId: null,
        name,
        definition,
        comment: null,
        dependsOn: [],
      },
    ];
  });
}
