/** The API's page: every call with its fields and answers, as plain HTML. */

interface Shape {
  readonly type?: unknown;
  readonly description?: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
}

interface Body {
  readonly description?: unknown;
  readonly content?: Readonly<Record<string, { readonly schema?: Shape }>>;
}

interface Call {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: Shape }[];
  readonly requestBody?: Body;
  readonly responses?: Readonly<Record<string, Body>>;
}

const STYLE = `body{font:14px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
code{font:13px ui-monospace,monospace}h3{margin:1.6rem 0 .2rem}dl{margin:.2rem 0;display:grid;grid-template-columns:max-content 1fr;gap:0 1rem}
dd{margin:0;overflow-wrap:anywhere}`;

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
}

/** A schema in a line, as TypeScript would write it. */
function brief(shape: Shape | undefined): string {
  if (!shape) return "any";
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum) return shape.enum.map((each) => JSON.stringify(each)).join(" | ");
  if (shape.anyOf) return shape.anyOf.map(brief).join(" | ");
  if (shape.items) return `${brief(shape.items)}[]`;
  if (shape.properties) {
    const fields = Object.entries(shape.properties).map(
      ([name, field]) => `${name}${shape.required?.includes(name) ? "" : "?"}: ${brief(field)}`,
    );
    return `{ ${fields.join("; ")} }`;
  }
  return typeof shape.type === "string" ? shape.type : "any";
}

function row(name: string, value: string): string {
  return `<dt>${escape(name)}</dt><dd><code>${escape(value)}</code></dd>`;
}

function section(method: string, path: string, call: Call): string {
  const schemaOf = (body: Body | undefined): Shape | undefined => body?.content?.["application/json"]?.schema;
  const rows = [
    ...(call.parameters ?? []).map(({ name, in: place, schema }) => row(`${name} (${place})`, brief(schema))),
    ...(call.requestBody ? [row("body", brief(schemaOf(call.requestBody)))] : []),
    ...Object.entries(call.responses ?? {}).map(([status, body]) => row(status, brief(schemaOf(body)))),
  ];
  const said = [call.summary, call.description].filter((each) => each !== undefined).join(". ");
  return `<h3><code>${method.toUpperCase()} ${escape(path)}</code></h3><p>${escape(said)}</p><dl>${rows.join("")}</dl>`;
}

/** The page for an OpenAPI document. */
export function docsPage(document: { readonly paths?: object }): string {
  const byTag = new Map<string, string[]>();
  for (const [path, calls] of Object.entries(document.paths ?? {})) {
    for (const [method, call] of Object.entries(calls as Readonly<Record<string, Call>>)) {
      const tag = call.tags?.[0] ?? "other";
      byTag.set(tag, [...(byTag.get(tag) ?? []), section(method, path, call)]);
    }
  }
  const parts = [...byTag].map(([tag, sections]) => `<h2>${escape(tag)}</h2>${sections.join("")}`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Drawbridge API</title><style>${STYLE}</style></head>
<body><h1>Drawbridge API</h1><p>The same as an OpenAPI document: <a href="/api/docs/openapi.json">openapi.json</a>.</p>${parts.join("")}</body></html>`;
}
