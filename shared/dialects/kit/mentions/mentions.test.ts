import { describe, expect, it } from "vitest";
import type { Relations } from "../../dialect.ts";
import { mysql } from "../../mysql/index.ts";
import { postgres } from "../../postgres/index.ts";
import { sqlite } from "../../sqlite/index.ts";

const COLUMNS: Readonly<Record<string, readonly string[]>> = { t: ["a", "b"], u: ["id", "a"], v: ["c"] };
const relations: Relations = {
  find: (namespace, name) => ((namespace === null || namespace === "public") && name in COLUMNS ? name : null),
  columns: (relation) => new Set(COLUMNS[relation]),
};

/** The text with every mention of t marked: `<t>` for the relation, `[a]` for its column, `[a!]` for a whole item. */
function marked(text: string, owner: string | null = null, dialect = postgres): string {
  const found = dialect.texts.mentions(text, relations, owner === null ? null : { relation: owner, name: owner });
  let out = "";
  let last = 0;
  for (const { start, end, relation, column, as } of found) {
    if (relation !== "t") continue;
    const said = text.slice(start, end);
    out +=
      text.slice(last, start) +
      (column === null ? `<${said}>` : `[${said}${{ item: "!", shared: "=", qualifier: "", plain: "" }[as]}]`);
    last = end;
  }
  return out + text.slice(last);
}

describe("in a query", () => {
  it.each([
    ["SELECT a, b AS x, lower(a) FROM public.t", "SELECT [a!], [b] AS x, lower([a]) FROM public.<t>"],
    ["SELECT t.a, u.a FROM t JOIN u ON u.id = t.a", "SELECT <t>.[a!], u.a FROM <t> JOIN u ON u.id = <t>.[a]"],
    ["SELECT x.a FROM t x, u AS t WHERE t.a = x.b", "SELECT x.[a!] FROM <t> x, u AS t WHERE t.a = x.[b]"],
    ["SELECT public.t.a FROM public.t", "SELECT public.<t>.[a!] FROM public.<t>"],
    [
      "SELECT a FROM u WHERE EXISTS (SELECT 1 FROM t WHERE b = a)",
      "SELECT a FROM u WHERE EXISTS (SELECT 1 FROM <t> WHERE [b] = [a])",
    ],
    [
      "SELECT id FROM u WHERE EXISTS (SELECT c FROM v WHERE a = 1)",
      "SELECT id FROM u WHERE EXISTS (SELECT c FROM v WHERE a = 1)",
    ],
    ["SELECT s.a FROM (SELECT a FROM t) s", "SELECT s.a FROM (SELECT [a!] FROM <t>) s"],
    [
      "SELECT s.a, t.b FROM (SELECT * FROM t) s JOIN t USING (b)",
      "SELECT s.[a!], <t>.[b!] FROM (SELECT * FROM <t>) s JOIN <t> USING ([b=])",
    ],
    ["WITH w AS (SELECT a AS z FROM t) SELECT z, a FROM w, u", "WITH w AS (SELECT [a] AS z FROM <t>) SELECT z, a FROM w, u"],
    ["WITH t AS (SELECT c AS a FROM v) SELECT a FROM t", "WITH t AS (SELECT c AS a FROM v) SELECT a FROM t"],
    ["SELECT a FROM t ORDER BY a, b", "SELECT [a!] FROM <t> ORDER BY [a], [b]"],
    ["SELECT a FROM t UNION SELECT a FROM u ORDER BY a", "SELECT [a!] FROM <t> UNION SELECT a FROM u ORDER BY a"],
    ["SELECT max(b) AS b FROM t GROUP BY a ORDER BY b", "SELECT max([b]) AS b FROM <t> GROUP BY [a] ORDER BY b"],
    [
      "SELECT a FROM t UNION SELECT a FROM u UNION ALL SELECT b FROM t",
      "SELECT [a!] FROM <t> UNION SELECT a FROM u UNION ALL SELECT [b!] FROM <t>",
    ],
    ["SELECT DISTINCT ON (a) a, b FROM t", "SELECT DISTINCT ON ([a]) [a!], [b!] FROM <t>"],
    [
      "SELECT extract(year FROM a), a IS DISTINCT FROM b FROM t",
      "SELECT extract(year FROM [a]), [a] IS DISTINCT FROM [b] FROM <t>",
    ],
    ["SELECT 'a'::a, cast(b AS a), a.b FROM t", "SELECT 'a'::a, cast([b] AS a), a.b FROM <t>"],
    ["SELECT t.*, a -- a\n FROM t", "SELECT <t>.*, [a!] -- a\n FROM <t>"],
    ['SELECT A, "A" FROM T', 'SELECT [A!], "A" FROM <T>'],
    ["SELECT x.q FROM t x(q, r)", "SELECT x.q FROM <t> x(q, r)"],
    [
      "SELECT (a).f, count(*) FILTER (WHERE b > 0) OVER (PARTITION BY a ORDER BY b) FROM ONLY t",
      "SELECT ([a]).f, count(*) FILTER (WHERE [b] > 0) OVER (PARTITION BY [a] ORDER BY [b]) FROM ONLY <t>",
    ],
    ["WITH RECURSIVE r AS (SELECT * FROM r) SELECT a FROM r", "WITH RECURSIVE r AS (SELECT * FROM r) SELECT a FROM r"],
    ["SELECT a FROM (t JOIN u ON t.b = u.id)", "SELECT [a!] FROM (<t> JOIN u ON <t>.[b] = u.id)"],
    ["SELECT FROM ((", "SELECT FROM (("],
  ])("%s", (text, expected) => {
    expect(marked(text)).toBe(expected);
  });
});

describe("in what hangs on a table", () => {
  it.each([
    [
      "CREATE POLICY a ON public.t FOR SELECT TO b USING ((a > 1)) WITH CHECK (b)",
      "CREATE POLICY a ON public.<t> FOR SELECT TO b USING (([a] > 1)) WITH CHECK ([b])",
    ],
    [
      "CREATE POLICY p ON t USING (EXISTS ( SELECT 1 FROM u WHERE (u.a = t.a)))",
      "CREATE POLICY p ON <t> USING (EXISTS ( SELECT 1 FROM u WHERE (u.a = <t>.[a])))",
    ],
    [
      "CREATE TRIGGER b BEFORE INSERT OR UPDATE OF a, b ON public.t FOR EACH ROW WHEN ((old.a IS DISTINCT FROM new.a)) EXECUTE FUNCTION public.a()",
      "CREATE TRIGGER b BEFORE INSERT OR UPDATE OF [a], [b] ON public.<t> FOR EACH ROW WHEN ((old.[a] IS DISTINCT FROM new.[a])) EXECUTE FUNCTION public.a()",
    ],
    [
      "CREATE RULE a AS ON INSERT TO t DO INSTEAD UPDATE u SET a = new.a WHERE id = new.b",
      "CREATE RULE a AS ON INSERT TO <t> DO INSTEAD UPDATE u SET a = new.[a] WHERE id = new.[b]",
    ],
    ["GRANT SELECT (a), UPDATE (b) ON TABLE public.t TO a", "GRANT SELECT ([a]), UPDATE ([b]) ON TABLE public.<t> TO a"],
    [
      "CREATE STATISTICS public.a (ndistinct) ON a, b FROM public.t",
      "CREATE STATISTICS public.a (ndistinct) ON [a], [b] FROM public.<t>",
    ],
    [
      "ALTER PUBLICATION a ADD TABLE ONLY public.t (a, b) WHERE ((a > 1))",
      "ALTER PUBLICATION a ADD TABLE ONLY public.<t> ([a], [b]) WHERE (([a] > 1))",
    ],
    [
      "CREATE PUBLICATION p FOR TABLE ONLY public.u (id, a), TABLE ONLY t (a) WHERE (a > 1)",
      "CREATE PUBLICATION p FOR TABLE ONLY public.u (id, a), TABLE ONLY <t> ([a]) WHERE ([a] > 1)",
    ],
    [
      "CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE plpgsql AS $$ select a from t $$",
      "CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE plpgsql AS $$ select a from t $$",
    ],
  ])("%s", (text, expected) => {
    expect(marked(text, text.startsWith("CREATE POLICY") || / (TRIGGER|RULE) /.test(text) ? "t" : null)).toBe(expected);
  });

  it.each([
    [
      "CREATE TRIGGER x AFTER UPDATE OF A ON t BEGIN INSERT INTO u (a) VALUES (NEW.a); UPDATE t SET a = b WHERE a = OLD.b; DELETE FROM u WHERE a IN (SELECT a FROM [t]); END",
      "CREATE TRIGGER x AFTER UPDATE OF [A] ON <t> BEGIN INSERT INTO u (a) VALUES (NEW.[a]); UPDATE <t> SET [a] = [b] WHERE [a] = OLD.[b]; DELETE FROM u WHERE a IN (SELECT [a!] FROM <[t]>); END",
    ],
    [
      "CREATE TRIGGER x AFTER INSERT ON u BEGIN INSERT INTO t (a) SELECT a FROM u ON CONFLICT (a) DO UPDATE SET b = excluded.b; END",
      "CREATE TRIGGER x AFTER INSERT ON u BEGIN INSERT INTO <t> ([a]) SELECT a FROM u ON CONFLICT ([a]) DO UPDATE SET [b] = excluded.[b]; END",
    ],
  ])("of SQLite: %s", (text, expected) => {
    expect(marked(text, text.includes("ON t ") ? "t" : "u", sqlite)).toBe(expected);
  });

  it("of MySQL", () => {
    expect(marked("select `T`.`A` AS `a`,`u`.`a` AS `x` from (`public`.`t` join `u`)", null, mysql)).toBe(
      "select <`T`>.[`A`] AS `a`,`u`.`a` AS `x` from (`public`.<`t`> join `u`)",
    );
  });
});
