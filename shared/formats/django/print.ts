/**
 * A design as models of Django 5: its documentation, "Model field reference" and "Constraints reference". A foreign key of one column
 * is a field that is called as the column without `_id`; one of several columns Django cannot say.
 */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Design } from "../json/index.ts";
import { type CodeColumn, type CodeEnd, CodeModel, type CodeTable, type Style } from "../kit/code-model.ts";
import { type Family, familyOf } from "../kit/family.ts";
import { pascalCase, snakeCase } from "../kit/identifiers.ts";
import { block, docstring, named, pyText } from "../kit/python.ts";
import words from "../kit/words-python.json" with { type: "json" };

const WORDS: ReadonlySet<string> = new Set(words);

/** A field may neither end with an underscore nor have two in a row. */
const STYLE: Style = {
  entity: (name) => pascalCase(name, "Table"),
  field: (name) => {
    const plain = snakeCase(name, "column");
    return WORDS.has(plain) ? `${plain}_field` : plain;
  },
  enumValue: (name) => snakeCase(name, "value").toUpperCase(),
  reserved: new Set(["models", "RawField", "RawSQL", "ArrayField", "Now", "True", "False", "None"]),
  suffixes: [],
  members: ["objects", "pk", "Meta", "DoesNotExist", "MultipleObjectsReturned", "check", "clean", "delete", "save", "full_clean"],
};

const RAW_FIELD = `class RawField(models.Field):
    """A column whose type is written as the database has it."""

    def __init__(self, *args, raw="", **kwargs):
        self.raw = raw
        super().__init__(*args, **kwargs)

    def db_type(self, connection):
        return self.raw

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "raw": self.raw}
`;

const ACTIONS: Readonly<Record<string, string>> = {
  "no action": "DO_NOTHING",
  restrict: "RESTRICT",
  cascade: "CASCADE",
  "set null": "SET_NULL",
  "set default": "SET_DEFAULT",
};

/** Fields by the kinds of types, where the size of the type does not decide. */
const FIELDS: Readonly<Partial<Record<string, string>>> = {
  boolean: "BooleanField",
  date: "DateField",
  time: "TimeField",
  timestamp: "DateTimeField",
  interval: "DurationField",
  uuid: "UUIDField",
  json: "JSONField",
  binary: "BinaryField",
  float: "FloatField",
};

interface Field {
  readonly name: string;
  readonly args: readonly string[];
}

function wholeField(name: string, counts: boolean): string {
  const size = /^big/i.test(name) ? "Big" : /^(?:small|tiny)/i.test(name) ? "Small" : "";
  if (counts) return `${size}AutoField`;
  return name.includes("unsigned") ? `Positive${size}IntegerField` : `${size}IntegerField`;
}

/** The field of a type, without what else is said of the column. */
function fieldOf(made: CodeColumn, counts: boolean, family: Family): Field {
  const { parsed, type, enum: values } = made;
  const raw: Field = { name: "RawField", args: [`raw=${pyText(type)}`] };
  const [first, second] = parsed.args;
  const text = parsed.name.toLowerCase();
  if (values) {
    const longest = Math.max(1, ...values.values.map(({ value }) => [...value].length));
    return { name: "models.CharField", args: [`max_length=${String(longest)}`, `choices=${values.name}`] };
  }
  if (parsed.kind === "integer" && !/^(?:medium|oid)/.test(text)) return { name: `models.${wholeField(text, counts)}`, args: [] };
  if (parsed.kind === "decimal" && first !== undefined && /^\d+$/.test(first))
    return { name: "models.DecimalField", args: [`max_digits=${first}`, `decimal_places=${second ?? "0"}`] };
  if (
    /^(?:character varying|(?:n?var)?char|varchar)$/.test(text) &&
    first !== undefined &&
    /^[1-9]\d*$/.test(first) &&
    text !== "char"
  )
    return { name: "models.CharField", args: [`max_length=${first}`] };
  if (text === "character varying" || /^(?:long|medium|tiny)?text$/.test(text)) return { name: "models.TextField", args: [] };
  const zoneless =
    family === "postgres" &&
    /without time zone|with time zone/.test(text) &&
    !/^timestamp with/.test(text) &&
    text !== "time without time zone";
  if (zoneless || (first !== undefined && family === "postgres") || text === "year") return raw;
  const known = FIELDS[parsed.kind];
  return known === undefined ? raw : { name: `models.${known}`, args: [] };
}

class Printer {
  readonly #model: CodeModel;
  readonly #family: Family;
  readonly #uses = new Set<string>();

  constructor({ schema }: Design, dialect: Dialect) {
    this.#model = new CodeModel(schema, dialect, STYLE);
    this.#family = familyOf(dialect);
  }

  text(): string {
    const enums = this.#model.enums.map(({ name, type, values }) => {
      const lines = values.map(({ word, value }) => `    ${word} = ${pyText(value)}, ${pyText(value)}\n`).join("");
      return `class ${name}(models.TextChoices):\n${docstring(type?.comment ?? null, "    ")}${lines}`;
    });
    const tables = this.#model.tables.map((table) => this.#class(table));
    const imports = [
      ...(this.#uses.has("ArrayField") ? ["from django.contrib.postgres.fields import ArrayField\n"] : []),
      "from django.db import models\n",
      ...(this.#uses.has("RawSQL") ? ["from django.db.models.expressions import RawSQL\n"] : []),
      ...(this.#uses.has("Now") ? ["from django.db.models.functions import Now\n"] : []),
    ];
    const raw = this.#uses.has("RawField") ? [RAW_FIELD] : [];
    return [imports.join(""), ...raw, ...enums, ...tables].join("\n\n");
  }

  #raw(sql: string): string {
    this.#uses.add("RawSQL");
    return `RawSQL(${pyText(sql.replaceAll("%", "%%"))}, [])`;
  }

  #default(made: CodeColumn): string | null {
    const { column, value, serial, depth, parsed } = made;
    if (column.default === null || serial || column.generated) return null;
    if (depth === 0 && value?.kind === "boolean" && parsed.kind === "boolean") return value.value ? "True" : "False";
    if (depth === 0 && value?.kind === "number" && parsed.kind === "integer" && /^-?(?:0|[1-9]\d*)$/.test(value.text))
      return value.text;
    if (depth === 0 && value?.kind === "string" && (parsed.kind === "text" || made.enum)) return pyText(value.text);
    if (value?.kind === "now" && parsed.kind === "timestamp") {
      this.#uses.add("Now");
      return "Now()";
    }
    return this.#raw(column.default);
  }

  #field(made: CodeColumn, alone: boolean, counts: boolean): Field {
    const base = fieldOf(made, counts && alone, this.#family);
    if (base.name === "RawField") this.#uses.add("RawField");
    if (made.depth === 0) return base;
    this.#uses.add("ArrayField");
    const size = made.depth > 1 ? Array.from({ length: made.depth - 1 }) : [];
    const inner = size.reduce<string>((text) => `ArrayField(${text})`, `${base.name}(${base.args.join(", ")})`);
    return { name: "ArrayField", args: [inner] };
  }

  #column(made: CodeColumn, table: CodeTable, primary: boolean): string {
    const { column, serial } = made;
    const counts = serial || column.identity !== null || table.primary?.options["autoincrement"] === "true";
    const field = this.#field(made, primary, counts);
    const common = {
      primary_key: primary ? "True" : null,
      db_column: column.name === made.name ? null : pyText(column.name),
    };
    if (column.generated) {
      const persist = column.generated.stored ? "True" : "False";
      const output = `output_field=${field.name}(${[...field.args, ...named({ null: column.notNull ? null : "True" })].join(", ")})`;
      const args = [
        `expression=${this.#raw(column.generated.expression)}`,
        output,
        `db_persist=${persist}`,
        ...named({ ...common, primary_key: null }),
      ];
      return `    ${made.name} = models.GeneratedField(${args.join(", ")})\n`;
    }
    const args = named({
      ...common,
      null: column.notNull || primary ? null : "True",
      db_default: field.name.endsWith("AutoField") ? null : this.#default(made),
      db_comment: column.comment === null ? null : pyText(column.comment),
    });
    return `    ${made.name} = ${field.name}(${[...field.args, ...args].join(", ")})\n`;
  }

  #relation({ name, link, other, answer }: CodeEnd, primary: boolean): string {
    const [column] = link.columns;
    const [target] = link.refColumns;
    const field = target && this.#model.column(target);
    const alone = other.primary?.columns.length === 1 && field?.primary === true;
    const args = [
      pyText(other.name),
      `models.${this.#action(link.key.onDelete, link.required)}`,
      ...named({
        to_field: alone ? null : pyText(field?.name ?? ""),
        db_column: pyText(column?.name ?? ""),
        related_name: pyText(answer),
        primary_key: primary ? "True" : null,
        null: link.required || primary ? null : "True",
        db_index: link.one ? null : "False",
        db_comment: column && column.comment !== null ? pyText(column.comment) : null,
      }),
    ];
    return `    ${name} = models.${link.one ? "OneToOneField" : "ForeignKey"}(${args.join(", ")})\n`;
  }

  /** SET_NULL and SET_DEFAULT ask something of the field that an engine does not ask. */
  #action(action: string, required: boolean): string {
    const word = ACTIONS[action] ?? "DO_NOTHING";
    return word === "SET_DEFAULT" || (word === "SET_NULL" && required) ? "DO_NOTHING" : word;
  }

  #class(table: CodeTable): string {
    const relations = new Map<string, CodeEnd>();
    for (const end of table.ends) {
      const [column] = end.link.columns;
      if (end.owns && column && !relations.has(column.id)) relations.set(column.id, end);
    }
    // A table without a key has its first column taken for one: a model has one, always.
    const key = table.primary?.columns ?? table.columns.slice(0, 1).map(({ column }) => column.id);
    const single = key.length === 1;
    const nameOf = (id: string): string => relations.get(id)?.name ?? this.#model.fields([id])[0] ?? "";
    const names = (ids: readonly (string | null)[]): string =>
      ids.flatMap((id) => (id === null ? [] : [pyText(nameOf(id))])).join(", ");
    const fields = table.columns.map((made) => {
      const primary = single && key[0] === made.column.id;
      const end = relations.get(made.column.id);
      return end ? this.#relation(end, primary) : this.#column(made, table, primary);
    });
    const composite = single ? "" : `    pk = models.CompositePrimaryKey(${names(key)})\n`;
    const head = `class ${table.name}(models.Model):\n${docstring(table.table.comment, "    ")}${composite}${fields.join("")}`;
    return `${head}\n${this.#meta(table, names)}`;
  }

  #meta(table: CodeTable, names: (ids: readonly (string | null)[]) => string): string {
    const list = (ids: readonly (string | null)[]): string => `[${names(ids)}]`;
    const condition = (where: string | null): string | null => (where === null ? null : `models.Q(${this.#condition(where)})`);
    const constraints = [
      ...table.uniques.map(({ name, columns }) => `models.UniqueConstraint(fields=${list(columns)}, name=${pyText(name)})`),
      ...table.checks.map(
        ({ name, expression }) => `models.CheckConstraint(condition=${this.#condition(expression)}, name=${pyText(name)})`,
      ),
      ...table.indexes.flatMap(({ name, unique, parts, where }) =>
        unique
          ? [
              `models.UniqueConstraint(${[`fields=${list(parts.map(({ columnId }) => columnId))}`, ...named({ condition: condition(where), name: pyText(name) })].join(", ")})`,
            ]
          : [],
      ),
    ];
    const indexes = table.indexes.flatMap(({ name, unique, parts, where }) =>
      unique
        ? []
        : [
            `models.Index(${[`fields=${list(parts.map(({ columnId }) => columnId))}`, ...named({ condition: condition(where), name: pyText(name) })].join(", ")})`,
          ],
    );
    const comment = table.table.comment === null ? "" : `        db_table_comment = ${pyText(table.table.comment)}\n`;
    const body = `        db_table = ${pyText(table.table.name)}\n${comment}`;
    return `    class Meta:\n${body}${block("constraints = [", constraints, "]", "        ")}${block("indexes = [", indexes, "]", "        ")}`;
  }

  #condition(sql: string): string {
    this.#uses.add("RawSQL");
    return `RawSQL(${pyText(sql.replaceAll("%", "%%"))}, [], output_field=models.BooleanField())`;
  }
}

export const printDjango = (design: Design, dialect: Dialect): string => new Printer(design, dialect).text();
