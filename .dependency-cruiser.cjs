/** Who may import whom: `docs/architecture.md`, as rules. Paths are from the project's root. */
const forbid = (name, from, to, comment) => ({ name, comment, severity: "error", from, to });

/** A room of shared and what it may import besides itself. */
const room = (path, allowed) =>
  forbid(
    `shared/${path}`,
    { path: `^shared/${path}/`, pathNot: "\\.test\\.ts$" },
    { path: "^(shared|web|server|tests)/", pathNot: `^shared/(${[path, ...allowed].join("|")})` },
    `shared/${path} may import ${allowed.join(", ") || "nothing"} besides itself`,
  );

module.exports = {
  forbidden: [
    forbid(
      "no-cycles",
      { pathNot: "\\.test\\.ts$" },
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
      "cut the cycle: move what both need",
    ),
    room("result", []),
    room("model", ["result/"]),
    room("diff", ["result/", "model/", "dialects/dialect"]),
    room("convert", ["result/", "model/", "dialects/dialect"]),
    room("drift", ["result/", "model/", "diff/", "dialects/dialect"]),
    room("history", ["result/", "model/", "diff/", "drift/"]),
    room("migrations", ["result/", "model/", "history/", "dialects/dialect"]),
    room("merge", ["result/", "model/", "diff/", "drift/", "edit/", "dialects/dialect"]),
    room("edit", ["result/", "model/", "dialects/dialect"]),
    room("formats", ["result/", "model/", "dialects/dialect", "drawing/", "convert/"]),
    room("code", ["result/", "model/", "diff/", "edit/", "formats/", "dialects/dialect"]),
    room("arrange", ["result/", "model/", "dialects/dialect"]),
    room("drawing", ["model/", "arrange/"]),
    room("proof", ["result/", "model/", "diff/", "dialects/dialect"]),
    room("api", ["result/", "model/"]),
    room("connect", []),
    room("doc", ["result/", "model/"]),
    room("comments", ["model/"]),
    room("sync", ["result/", "api/"]),
    room("dialects/kit", ["result/", "model/", "dialects/dialect"]),
    room("dialects/postgres", ["result/", "model/", "dialects/dialect", "dialects/kit/"]),
    room("dialects/sqlite", ["result/", "model/", "dialects/dialect", "dialects/kit/"]),
    room("dialects/mysql", ["result/", "model/", "dialects/dialect", "dialects/kit/"]),
    room("dialects/mariadb", ["result/", "model/", "dialects/dialect", "dialects/kit/", "dialects/mysql/"]),
    forbid(
      "server-stays-server",
      { path: "^server/", pathNot: "\\.test\\.ts$" },
      { path: "^(web/|tests/|shared/doc/)" },
      "the server knows neither web nor the document",
    ),
    forbid(
      "server-features-keep-apart",
      { path: "^server/(gists|introspect|relay)/" },
      { path: "^server/(gists|introspect|relay)/", pathNot: "^server/$1/" },
      "one feature never imports another; app.ts puts them together",
    ),
    forbid(
      "web-stays-web",
      { path: "^web/", pathNot: "\\.test\\.ts$" },
      { path: "^(server|tests)/" },
      "the browser app imports no server code",
    ),
    forbid(
      "ui-knows-nothing",
      { path: "^web/ui/" },
      { path: "^(shared|web)/", pathNot: "^web/ui/" },
      "web/ui knows nothing of schemas or stores",
    ),
    forbid(
      "canvas-core-is-plain",
      { path: "^web/canvas/(geometry|paint|gestures)/", pathNot: "\\.test\\.ts$" },
      { path: "(\\.svelte$|^node_modules/(svelte|yjs)/|^web/(stores/.*\\.svelte\\.ts|panels|dialogs|app|ui)/)" },
      "geometry, paint and gestures are framework-free",
    ),
    forbid(
      "stores-have-no-components",
      { path: "^web/(stores|storage|sync)/" },
      { path: "(\\.svelte$|^web/(app|panels|dialogs|canvas|ui)/)" },
      "stores, storage and sync know no components",
    ),
    forbid(
      "services-have-no-svelte",
      { path: "^web/workers/.*(service|worker)" },
      { path: "(\\.svelte(\\.ts)?$|^node_modules/svelte/|^web/(app|panels|dialogs|canvas|ui|storage)/)" },
      "a worker's service imports shared and its engine",
    ),
    forbid(
      "viewer-is-plain",
      { path: "^web/viewer/" },
      { path: "(\\.svelte$|^node_modules/|^web/(app|stores|panels|dialogs|ui|workers|sync|storage)/)" },
      "the page of one design brings nothing of the app but its canvas",
    ),
    forbid(
      "features-keep-apart",
      { path: "^web/(panels|dialogs|canvas|editor)/" },
      { path: "^web/(panels|dialogs|canvas|editor)/", pathNot: "^web/$1/" },
      "one feature never imports another; the app puts them together",
    ),
    forbid(
      "yjs-in-doc-only",
      { path: "^(shared|server)/", pathNot: "^shared/(doc|comments|sync)/|^server/relay/" },
      { path: "^node_modules/yjs/" },
      "yjs is the documents' and their wire's",
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.svelte-kit|^dist/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: [".ts", ".js", ".mjs", ".svelte", ".json"],
      conditionNames: ["import", "svelte", "browser", "default"],
    },
  },
};
