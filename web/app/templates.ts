/** Designs to start from: scripts that the engine reads like any other file. */
export interface Template {
  readonly name: string;
  readonly about: string;
  readonly load: () => Promise<string>;
}

export const TEMPLATES: readonly Template[] = [
  {
    name: "Web shop",
    about: "customers, products, orders",
    load: async () => (await import("./templates/shop.sql?raw")).default,
  },
  { name: "Blog", about: "authors, posts, comments, tags", load: async () => (await import("./templates/blog.sql?raw")).default },
];
