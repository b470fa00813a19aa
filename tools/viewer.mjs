/**
 * Builds `web/viewer` into what a page of one design holds: a script, a style sheet, and the hashes by which the page allows them. The
 * plugins put it where `shared/formats/html/viewer.ts` says so.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { build } from "esbuild";
import { root } from "./lib.mjs";

const PLACE = /[\\/]shared[\\/]formats[\\/]html[\\/]viewer\.ts$/;

/** A page brings no fonts: it uses those of the system where the app's own are not installed. */
const withoutFonts = {
  name: "without-fonts",
  setup(bundler) {
    bundler.onResolve({ filter: /^@fontsource/ }, ({ path }) => ({ path, namespace: "none" }));
    bundler.onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "", loader: "css" }));
  },
};

const hash = (text) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

async function bundle(entry) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    charset: "utf8",
    legalComments: "none",
    format: "iife",
    target: ["es2023", "chrome115", "firefox115", "safari16.4"],
    plugins: [withoutFonts],
  });
  return outputFiles[0].text.trim();
}

let made = null;

async function make() {
  // The page holds them between tags: nothing in them may look like the end of one.
  const script = (await bundle("web/viewer/main.ts")).replaceAll("</", "<\\/").replaceAll("<!--", "<\\!--");
  const style = (await bundle("web/viewer/viewer.css")).replaceAll("</", "<\\/");
  return { script, style, scriptHash: hash(script), styleHash: hash(style) };
}

/** The viewer, built once in a process. */
export const viewer = () => (made ??= make());

const filled = async (code) => {
  const text = JSON.stringify(await viewer());
  return code.replace("=> __VIEWER__", () => `=> (${text})`);
};

/** For Vite and Vitest. */
export const viewerPlugin = () => ({
  name: "drawbridge-viewer",
  enforce: "pre",
  transform: (code, id) => (PLACE.test(id) ? filled(code).then((text) => ({ code: text, map: null })) : null),
});

/** For esbuild. */
export const viewerForServer = {
  name: "drawbridge-viewer",
  setup(bundler) {
    bundler.onLoad({ filter: PLACE }, async ({ path }) => ({ contents: await filled(readFileSync(path, "utf8")), loader: "ts" }));
  },
};
