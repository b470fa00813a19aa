import js from "@eslint/js";
import regexp from "eslint-plugin-regexp";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

/** Doors between rooms that an import path shows at once; directions and cycles are dependency-cruiser's. */
const restrict = (patterns) => ["error", { patterns }];

const SIZE = {
  "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
  "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true, IIFEs: true }],
};

export default ts.config(
  { ignores: ["dist/", ".cache/", "node_modules/", "data/", "test-results/", "playwright-report/", "tests/fixtures/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.svelte"],
    extends: [...ts.configs.strict],
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      ...SIZE,
      eqeqeq: "error",
      "no-console": "error",
      "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx", "hack"], location: "anywhere" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-dynamic-delete": "off",
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  ...svelte.configs.recommended,
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig, extraFileExtensions: [".svelte"] } },
    rules: {
      "svelte/no-at-html-tags": "error",
      // Snapshots are immutable and replaced whole; a reactive collection would be a second truth.
      "svelte/prefer-svelte-reactivity": "off",
      "svelte/require-each-key": "error",
      "prefer-const": "off",
    },
  },
  {
    // What reads people's files meets hostile ones: eight kilobytes of them held a pattern up for ten seconds.
    files: ["shared/**/*.ts", "server/**/*.ts", "web/**/*.ts", "web/**/*.svelte"],
    ignores: ["**/*.test.ts"],
    plugins: { regexp },
    rules: { "regexp/no-super-linear-backtracking": ["error", { report: "potential" }] },
  },
  {
    files: ["shared/**/*.ts", "server/**/*.ts"],
    ignores: ["**/*.test.ts"],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ["shared/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-globals": ["error", "Date", "crypto", "fetch", "setTimeout", "performance"],
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "shared has no randomness: take a Mint or a seed as an argument." },
      ],
      "no-restricted-imports": restrict([
        { group: ["node:*"], message: "shared is pure: take what you need as an argument." },
        { group: ["**/web/*", "**/server/*"], message: "shared knows neither web nor server." },
      ]),
    },
  },
  {
    files: ["web/**/*.{ts,svelte}"],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-imports": restrict([
        { group: ["node:*", "**/server/**"], message: "The browser has neither Node nor the server's code." },
        { regex: "^@lucide/svelte$", message: "Import one icon: @lucide/svelte/icons/<name>." },
      ]),
    },
  },
  { files: ["tools/**/*.mjs", "bin/*.js", "*.js", "*.cjs"], languageOptions: { globals: { ...globals.node } } },
  {
    files: ["server/cli/**/*.ts", "server/main.ts"],
    rules: { "no-console": "off" },
  },
  {
    files: ["**/*.test.ts", "tests/**/*.ts"],
    rules: {
      "max-lines": ["error", { max: 600, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": "off",
      "no-console": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "no-restricted-imports": restrict([
        { regex: "^fast-check$", message: "Take it from tests/support/fast-check.ts, which fixes the seed." },
      ]),
    },
  },
  { files: ["tests/support/fast-check.ts"], rules: { "no-restricted-imports": "off" } },
);
