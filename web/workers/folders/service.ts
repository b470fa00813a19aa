/** Folders away from the page: an archive unpacked, and what lies in it recognised: migrations, one design of several files, or designs. */
import { dialects } from "#shared/dialects/index.ts";
import { type FolderFile, type MigrationSet, recogniseMigrations, sampleOf } from "#shared/migrations/index.ts";
import { problem, type Problem, type Report } from "#shared/result/index.ts";
import { designsOf, type FoundDesigns } from "./designs.ts";
import { filesOf, type FolderInput } from "./files.ts";
import { isModule } from "./wanted.ts";

/** Migrations, in their order. */
export interface MigrationsRead {
  readonly kind: "migrations";
  readonly set: MigrationSet;
  /** The dialect that they are read as. */
  readonly dialect: string;
}

/** Texts of a format that are one design, by their paths. */
export interface TextsRead {
  readonly kind: "texts";
  readonly format: "dbml";
  readonly texts: ReadonlyMap<string, string>;
}

export type FolderRead = MigrationsRead | TextsRead | ({ readonly kind: "designs" } & FoundDesigns);

/** Two dialects this near to each other may both be right. */
const NEAR = 0.15;

const none = (name: string, why: string): Problem => problem("migrations.none", "error", { name, why });

/** The dialect of the texts; among those that are about as sure, the one that a person chose before. */
function dialectOf(set: MigrationSet, chosen: string | null): string {
  if (set.dialect !== null && Object.hasOwn(dialects, set.dialect)) return set.dialect;
  const sample = sampleOf(set);
  const all = Object.values(dialects).map(({ id, importer }) => ({ id: id as string, sure: importer.recognise(sample) }));
  const best = all.reduce((one, other) => (other.sure > one.sure ? other : one));
  return all.find(({ id, sure }) => id === chosen && best.sure - sure <= NEAR)?.id ?? best.id;
}

const textsOf = (files: readonly FolderFile[]): ReadonlyMap<string, string> =>
  new Map(files.flatMap(({ path, text }) => (text !== null && isModule(path) ? [[path, text] as const] : [])));

/** What else lies beside migrations, told so that nobody takes it for read. */
function beside(texts: ReadonlyMap<string, string>): readonly Problem[] {
  const [first] = texts.keys();
  if (first === undefined) return [];
  const what = texts.size === 1 ? first : `${String(texts.size)} DBML files, ${first} and others`;
  return [problem("import.skipped", "note", { what, why: "migrations lie there too; open it by itself" })];
}

function recognised(files: readonly FolderFile[], name: string, dialect: string | null, chosen: string | null) {
  const { value: set, problems } = recogniseMigrations(files, name, dialect);
  const texts = textsOf(files);
  if (set) {
    const read: MigrationsRead = { kind: "migrations", set, dialect: dialect ?? dialectOf(set, chosen) };
    return { value: read, problems: [...problems, ...beside(texts)] };
  }
  if (texts.size > 0) return { value: { kind: "texts", format: "dbml", texts } as const, problems: [] };
  const designs = designsOf(files);
  return designs ? { value: { kind: "designs", ...designs } as const, problems: [] } : { value: null, problems };
}

export const folderService = {
  /** `dialect`: what a person says it is of; `chosen`: what they said of something else before. */
  read(input: FolderInput, dialect: string | null, chosen: string | null): Promise<Report<FolderRead | null>> {
    const { name } = input;
    const files = filesOf(input);
    if ("why" in files) return Promise.resolve({ value: null, problems: [none(name, files.why)] });
    return Promise.resolve(recognised(files, name, dialect, chosen));
  },
};
