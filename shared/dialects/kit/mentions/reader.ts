/**
 * One walk over a definition's tokens: which queries stand in it, what each draws from, and where names stand that may be columns.
 *
 * It knows the clauses of SELECT, INSERT, UPDATE and DELETE and the heads of triggers, rules, policies, grants and the like; what it
 * does not know it passes over. Names are resolved afterwards (`scopes.ts`), for FROM comes after what it feeds.
 */
import type { Mention, NameToken, Relations, TextOwner } from "../../dialect.ts";
import { namedQuery, newQuery, type Query, type Reference, rootQuery, type Source } from "./scopes.ts";
import {
  BEGINS_STATEMENT,
  type Clause,
  ENDS_FROM,
  ENDS_ITEM,
  type Frame,
  IN_WITH,
  newFrame,
  NO_ALIAS,
  NOT_A_QUERY,
  OTHER_NAME,
  STAYS_DUE,
} from "./vocabulary.ts";

export class Reader {
  readonly references: Reference[] = [];
  readonly found: Mention[] = [];
  readonly #tokens: readonly NameToken[];
  readonly #relations: Relations;
  readonly #root: Query;
  readonly #frames: Frame[];
  #at = 0;
  #pending: string | null = null;
  /** The column that the item under way is, if it is one. */
  #item: Reference | null = null;
  /** The outermost query. */
  result: Query | null = null;

  /** `owner`: the relation that the text hangs on; its columns may stand unqualified, and as NEW and OLD. */
  constructor(tokens: readonly NameToken[], relations: Relations, owner: TextOwner | null) {
    this.#tokens = tokens;
    this.#relations = relations;
    this.#root = rootQuery(owner);
    this.#frames = [newFrame(this.#root, "head", null, false)];
    while (this.#at < tokens.length) this.#step();
    this.#endItem(tokens.length);
  }

  get #frame(): Frame {
    return this.#frames.at(-1) as Frame;
  }

  #word(at: number): string {
    return this.#tokens[at]?.word ?? "";
  }

  #step(): void {
    const { word, key } = this.#tokens[this.#at] as NameToken;
    const frame = this.#frame;
    if (word === "(") return this.#open();
    if (word === ")") return this.#close();
    if (word === ";") {
      this.#endItem(this.#at);
      Object.assign(frame, { query: this.#root, clause: "head", listed: false, due: false });
      this.#at += 1;
    } else if (word === ",") {
      this.#endItem(this.#at);
      if (frame.clause === "list") frame.starts = true;
      if (frame.clause === "join") frame.clause = "from";
      frame.due = frame.clause === "from";
      this.#at += 1;
    } else if (this.#keyword(word)) this.#at += 1;
    else if (key !== null) this.#name();
    else {
      frame.due = false;
      frame.starts = false;
      this.#at += 1;
    }
  }

  #open(): void {
    const outer = this.#frame;
    const next = this.#word(this.#at + 1);
    if (next === "select" || next === "with" || next === "values") {
      const query = newQuery(outer.query);
      if (outer.clause === "with" && this.#pending !== null) outer.query.named.set(this.#pending, query);
      this.#pending = null;
      const feeds = outer.clause === "from" ? query : null;
      outer.due = false;
      this.#frames.push(newFrame(query, "other", feeds, false));
    } else {
      const clause = outer.clause === "from" && outer.due ? "from" : outer.clause === "using" ? "using" : "other";
      this.#frames.push(newFrame(outer.query, clause, null, true));
      outer.due = false;
    }
    this.#at += 1;
  }

  #close(): void {
    this.#endItem(this.#at);
    const inner = this.#frames.length > 1 ? this.#frames.pop() : null;
    this.#at += 1;
    const frame = this.#frame;
    if (frame.clause === "using") frame.clause = "from";
    // DISTINCT ON (...) stands before the first item.
    frame.starts = frame.clause === "list" && this.#distinctOn;
    this.#distinctOn = false;
    if (!inner?.feeds) return;
    const { alias, listed } = this.#alias();
    frame.query.sources.push({ alias, renamed: true, relation: null, inner: listed ? null : inner.feeds });
  }
  #distinctOn = false;

  /** What follows a relation or subquery: `AS t (a, b)`. With a list of columns they are called otherwise. */
  #alias(): Pick<Source, "alias" | "renamed"> & { readonly listed: boolean } {
    if (this.#word(this.#at) === "as") this.#at += 1;
    const token = this.#tokens[this.#at];
    if (!token || token.key === null || NO_ALIAS.has(token.word)) return { alias: null, renamed: false, listed: false };
    this.#at += 1;
    return { alias: token.key, renamed: true, listed: this.#frame.clause === "from" && this.#word(this.#at) === "(" };
  }

  /** Is the word a mark of structure here? */
  #keyword(word: string): boolean {
    const frame = this.#frame;
    const before = this.#word(this.#at - 1);
    if (word === "select" && !NOT_A_QUERY.has(before)) return this.#select();
    const begins = this.#at === 0 || BEGINS_STATEMENT.has(before);
    if (/^(insert|update|delete|replace)$/.test(word) && begins && this.#word(this.#at + 1) !== "(") {
      // ON CONFLICT DO UPDATE goes on with the same statement.
      if (before === "do" && frame.query !== this.#root) return true;
      const query = newQuery(this.#root);
      Object.assign(frame, { query, target: query, clause: "other", due: word === "update" });
      return true;
    }
    if (frame.due && STAYS_DUE.has(word)) return true;
    if (word === "with" && (begins || before === "as") && frame.clause !== "list") {
      frame.clause = "with";
      return true;
    }
    if (frame.clause === "with" && IN_WITH.has(word)) return true;
    return this.#clauseWord(word, before, frame);
  }

  #select(): boolean {
    const frame = this.#frame;
    this.#endItem(this.#at);
    const { query } = frame;
    const used = query.sources.length > 0 || query.outputs.length > 0;
    if (query === this.#root) frame.query = newQuery(query, query.named);
    else if (used) frame.query = newQuery(query.parent, query.named);
    // The names of the first SELECT of a UNION are those of the whole.
    if (used && query !== this.#root) {
      frame.query.outputs.push(...query.outputs);
      frame.query.combined = true;
    }
    Object.assign(frame, { clause: "list", starts: true, due: false });
    if (this.#frames.length === 1) this.result ??= frame.query;
    return true;
  }

  #clauseWord(word: string, before: string, frame: Frame): boolean {
    const inGroup = frame.group && frame.clause !== "from" && frame.clause !== "join";
    switch (word) {
      case "from":
        // EXTRACT(year FROM a), a IS DISTINCT FROM b.
        if (inGroup || (before === "distinct" && /^(is|not)$/.test(this.#word(this.#at - 2)))) return true;
        return this.#turn("from", true);
      case "join":
      case "straight_join":
        return this.#turn("from", true);
      case "distinct":
      case "all":
        return frame.clause === "list" && frame.starts;
      case "on":
        if (frame.clause === "list" && before === "distinct") return (this.#distinctOn = true);
        if (this.#word(this.#at + 1) === "conflict" && frame.target) {
          this.#turn("other", false);
          frame.query = frame.target;
          return true;
        }
        if (frame.clause === "from") return this.#turn("join", false);
        frame.due = frame.clause === "head" || frame.query === this.#root;
        return true;
      case "to":
        // CREATE RULE r AS ON INSERT TO t.
        frame.due = frame.clause === "head" && this.#word(this.#at - 2) === "on";
        return frame.due;
      case "using":
        if (frame.clause !== "from" && frame.clause !== "join") return false;
        return this.#word(this.#at + 1) === "(" ? this.#turn("using", false) : this.#turn("from", true);
      case "into":
      case "references":
        frame.due = true;
        return true;
      case "table":
        frame.due = frame.listed = frame.clause === "head";
        return frame.due;
      case "order":
      case "union":
      case "intersect":
      case "except":
        this.#endItem(this.#at);
        frame.clause = frame.group ? "other" : word === "order" ? "order" : "other";
        return true;
      default:
        if (!ENDS_FROM.has(word) || frame.clause === "head") return false;
        this.#endItem(this.#at);
        return this.#turn("other", false);
    }
  }

  #turn(clause: Clause, due: boolean): true {
    this.#endItem(this.#at);
    Object.assign(this.#frame, { clause, due, starts: false });
    return true;
  }

  /** The name of an output column is the last name before the comma. */
  #endItem(at: number): void {
    const frame = this.#frame;
    if (frame.clause !== "list" || frame.starts) return;
    const last = this.#tokens[this.#word(at - 1) === ")" ? this.#called(at - 1) : at - 1];
    if (!last || (last.word !== "*" && last.key === null)) return;
    frame.query.outputs.push(last.key ?? "*");
    frame.query.items.push({ last, whole: this.#item?.query === frame.query ? this.#item : null });
    this.#item = null;
  }

  /** Where the name of the function stands whose call ends here. */
  #called(at: number): number {
    let depth = 0;
    for (let place = at; place >= 0; place -= 1) {
      if (this.#word(place) === ")") depth += 1;
      if (this.#word(place) === "(" && (depth -= 1) === 0) return place - 1;
    }
    return -1;
  }

  /** A name, or several with points between them; `star` where the last point has no name behind it. */
  #chain(): { readonly parts: readonly NameToken[]; readonly star: boolean } {
    const parts: NameToken[] = [];
    for (;;) {
      const token = this.#tokens[this.#at];
      if (!token || token.key === null) return { parts, star: true };
      parts.push(token);
      this.#at += 1;
      if (this.#word(this.#at) !== ".") return { parts, star: false };
      this.#at += 1;
    }
  }

  #name(): void {
    const frame = this.#frame;
    const before = this.#word(this.#at - 1);
    const cast = before === ":" && this.#word(this.#at - 2) === ":";
    const { due, starts, clause } = frame;
    const { parts, star } = this.#chain();
    const next = this.#word(this.#at);
    Object.assign(frame, { due: false, starts: false });
    if (clause === "with" && (next === "as" || next === "(")) this.#pending = parts[0]?.key ?? null;
    else if (due && this.#source(parts, next)) return;
    else if (cast || OTHER_NAME.has(before) || next === "(") return;
    else {
      const place = star ? "star" : this.#place(clause, starts, next);
      const reference: Reference = { parts, query: frame.query, place };
      if (place === "item") frame.query.plain.add(parts.at(-1)?.key ?? "");
      if (clause === "list" && (starts || place === "item")) this.#item = this.#aliased(place, next) ? reference : null;
      this.references.push(reference);
    }
  }

  /** Is a name at the beginning of an item all of it, but for the name that the item gets? */
  #aliased(place: Reference["place"], next: string): boolean {
    return place === "item" || place === "star" || next === "as";
  }

  #place(clause: Clause, starts: boolean, next: string): Reference["place"] {
    if (clause === "using") return "shared";
    if (clause === "order") return "order";
    return starts && (this.#at >= this.#tokens.length || ENDS_ITEM.has(next)) ? "item" : "plain";
  }

  /** A relation where one is due. False where the name means nothing known and may be something else. */
  #source(parts: readonly NameToken[], next: string): boolean {
    const frame = this.#frame;
    const [last, namespace] = [...parts].reverse();
    const name = last?.key ?? "";
    const inner = namespace ? null : namedQuery(frame.query, name);
    const relation = inner ? null : this.#relations.find(namespace?.key ?? null, name);
    if (relation !== null && last) {
      const { start, end } = last;
      const space = namespace ? { start: namespace.start, end: namespace.end } : null;
      this.found.push({ start, end, relation, column: null, namespace: space, as: "plain" });
    }
    const isHead = frame.clause === "head";
    if (isHead && relation === null) return false;
    if (frame.clause === "from" && next === "(") return true;
    const written = isHead ? { alias: null, renamed: false, listed: false } : this.#alias();
    const source = { alias: written.alias ?? name, renamed: written.renamed, relation: written.listed ? null : relation, inner };
    // What follows a table in a list of them is about that one: FOR TABLE t (a), u (a) WHERE (a > 1).
    if (isHead && frame.listed) frame.query = newQuery(this.#root);
    if (isHead) this.#root.sources.push(source);
    if (!isHead || frame.listed) frame.query.sources.push(source);
    if (frame.clause === "other") frame.query.sources.push({ ...source, alias: "excluded", renamed: true });
    return true;
  }
}
