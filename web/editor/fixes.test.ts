import { setDiagnostics } from "@codemirror/lint";
import { ChangeSet, EditorState, Text } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { dialects } from "#shared/dialects/index.ts";
import { readDbml } from "#shared/formats/dbml/index.ts";
import { emptySchema, type Schema } from "#shared/model/index.ts";
import type { Problem } from "#shared/result/index.ts";
import { fixes } from "./fixes.ts";
import { mending, problemAt } from "./mend.ts";
import { diagnostics } from "./problems.ts";

const { postgres } = dialects;
const read = (text: string): { readonly schema: Schema; readonly errors: readonly Problem[] } => {
  const { value, problems } = readDbml(text, { dialects: [postgres] });
  return { schema: value?.schema ?? emptySchema("postgres"), errors: problems.filter(({ severity }) => severity === "error") };
};

const USERS = "Table users {\n  id int [pk]\n  email text\n\n  indexes {\n    email\n  }\n}\n";
const ONE_LINE = "Table tags { id int }\n\nTable users {\n  id int\n}\n";

/** What the fixes of the first fault are called, and the text after one of them. */
function fixed(text: string, which: string): { readonly names: readonly string[]; readonly text: string; readonly left: number } {
  const { schema, errors } = read(text);
  const [problem] = errors;
  if (!problem?.at) throw new Error("no fault");
  const list = fixes(problem, { schema: () => schema, dialect: postgres });
  const doc = Text.of(text.split("\n"));
  const { offset, length } = problem.at;
  const edit = list.find(({ name }) => name === which)?.changes(doc, offset, offset + length);
  const after = edit ? ChangeSet.of(edit, doc.length).apply(doc).toString() : text;
  return { names: list.map(({ name }) => name), text: after, left: read(after).errors.length };
}

describe("a fault is mended", () => {
  it.each([
    [`${USERS}\nRef: users.id > people.code`, "Create the table people", "\n\nTable people {\n  code integer [pk]\n}\n"],
    [`${USERS}\nRef: users.(id, email) > crm.people.(nr, "e mail")\n`, "Create the table crm.people", '  "e mail" integer\n}'],
    [`${USERS}\nRef: users.id > "my people".id\n`, "Create the table my people", '\nTable "my people" {\n  id integer [pk]\n}\n'],
    [`${USERS}\nTableGroup g {\n  teams\n}\n`, "Create the table teams", "\nTable teams {\n  id integer [pk]\n}\n"],
    [`${USERS}\nRef: user.email > users.id\n`, "Write users", "Ref: users.email > users.id\n"],
    [`${USERS}\nRef: users.id < users.e_mail\n`, "Write email", "Ref: users.id < users.email\n"],
    [`${USERS}\nRef: users.id < users.boss\n`, "Add the column boss to users", "  email text\n  boss integer\n\n  indexes"],
    [
      `${ONE_LINE}\nRef: users.id > tags."of user"\n`,
      "Add the column of user to tags",
      'id int \n  "of user" integer\n}\n\nTable users',
    ],
    ["Table a {\n  s text [default: mood.sad]\n}\n", "Create the enum mood", "\nEnum mood {\n  sad\n}\n"],
    ["Table a {\n  id int\n  ~dated\n}\n", "Create the partial dated", "\nTablePartial dated {\n  id integer\n}\n"],
  ])("%j: %s", (text, which, piece) => {
    const { names, text: after, left } = fixed(text, which);
    expect(names).toContain(which);
    expect(after).toContain(piece);
    expect(left).toBe(0);
  });

  it("says what was meant only where that is near", () => {
    expect(fixed(`${USERS}\nRef: users.id > teams.id\n`, "").names).toEqual(["Create the table teams"]);
    expect(fixed(`${USERS}\nRef: users.id > Users.id\n`, "").names[0]).toBe("Write users");
  });

  it("offers nothing for other faults", () => {
    const { schema, errors } = read(`${USERS}${USERS}`);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.flatMap((problem) => fixes(problem, { schema: () => schema, dialect: postgres }))).toEqual([]);
  });
});

it("finds what is wrong in the line of the cursor, else what is next", () => {
  const doc = "a\nb\nc\nd";
  const base = EditorState.create({ doc, extensions: [mending] });
  const marks = [2, 6].map((from) => ({ from, to: from + 1, severity: "error" as const, message: String(from) }));
  const told = base.update(setDiagnostics(base, marks)).state;
  const at = (anchor: number): string | undefined => {
    const { state } = told.update({ selection: { anchor } });
    return problemAt(state)?.diagnostic.message;
  };
  expect([at(0), at(3), at(4), at(7)]).toEqual(["2", "2", "6", "6"]);
  expect(problemAt(base)).toBeNull();
});

it("underlines a fault where it is by now, and none that is gone", () => {
  const text = `${USERS}\nRef: users.id > people.id\n`;
  const { schema, errors } = read(text);
  const design = { schema: () => schema, dialect: postgres };
  const moved = ChangeSet.of({ from: 0, insert: "// more\n" }, text.length);
  const [found] = diagnostics(errors, moved, design);
  const after = `// more\n${text}`;
  expect(after.slice(found?.from, found?.to)).toBe("people.id");
  expect(found?.message).toBe("There is no table named people.");
  expect(found?.actions?.map(({ name }) => name)).toEqual(["Create the table people"]);
  expect(diagnostics(errors, ChangeSet.empty(3), design)).toEqual([]);
});
