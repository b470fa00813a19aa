/** A page: markup of our own, the viewer, and the design as JSON that no tag ends. */
import { placed } from "../../drawing/index.ts";
import type { Dialect } from "../../dialects/dialect.ts";
import { type Design, writeDesign } from "../json/index.ts";
import { escaped, wellFormed } from "../kit/xml.ts";
import { viewer } from "./viewer.ts";

/** JSON inside a script: `<` is written as its number, so that there is no tag in it. */
const json = (value: unknown): string => wellFormed(JSON.stringify(value)).replaceAll("<", "\\u003c");

/** Short forms of all types that have one. */
function shortTypes({ schema }: Design, short: (type: string) => string): Readonly<Record<string, string>> {
  const types = new Set([...schema.tables, ...schema.views].flatMap(({ columns }) => columns.map(({ type }) => type)));
  return Object.fromEntries([...types].map((type) => [type, short(type)] as const).filter(([type, brief]) => type !== brief));
}

export function printPage(design: Design, { label, types }: Dialect): string {
  const whole: Design = { ...design, diagrams: [placed(design, types.short)] };
  const data = { dialect: label, short: shortTypes(design, types.short), design: JSON.parse(writeDesign(whole)) as unknown };
  const { script, style, scriptHash, styleHash } = viewer();
  const policy = [
    "default-src 'none'",
    `script-src '${scriptHash}'`,
    `style-src '${styleHash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const title = escaped(design.name.trim() === "" ? `${label} design` : design.name);
  return `<!doctype html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p id="about"></p>
<button id="farther" type="button" aria-label="Zoom out">−</button>
<button id="closer" type="button" aria-label="Zoom in">+</button>
<button id="all" type="button">Show everything</button>
</header>
<nav aria-label="Tables and views">
<input id="find" type="search" placeholder="Find a table or column" aria-label="Find a table or column" autocomplete="off" spellcheck="false">
<ul id="tables"></ul>
<p id="more" role="status"></p>
</nav>
<main>
<canvas id="board" tabindex="0" role="img" aria-label="Diagram of the design; the list beside it names every table"></canvas>
<p id="message" role="status"><noscript>The diagram is drawn by a script, which this browser does not run.</noscript></p>
</main>
<aside id="details" aria-label="What is selected" hidden></aside>
<script type="application/json" id="design">${json(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}
