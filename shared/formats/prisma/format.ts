/** Prisma's schema as a value. */
import type { Format } from "../format.ts";
import { readPrisma } from "./read/read.ts";
import { recognisePrisma } from "./recognise.ts";
import { hold, LOSSES } from "./write/hold.ts";
import { type Age, printPrisma } from "./write/print.ts";

const ageOf = (variant: string): Age => (variant === "6" ? "6" : "7");

export const prisma: Format = {
  id: "prisma",
  label: "Prisma",
  about: "a schema for Prisma, as its own introspection writes it",
  extensions: ["prisma"],
  mediaType: "text/plain",
  reader: {
    recognise: (head, fileName) => (/\.prisma$/i.test(fileName) ? 0.9 : recognisePrisma(head)),
    read: readPrisma,
  },
  writer: {
    variants: [
      { id: "7", label: "Prisma 7" },
      { id: "6", label: "Prisma 5 and 6" },
    ],
    losses: LOSSES,
    hold,
    print: (held, dialect, variant) => printPrisma(held, dialect, ageOf(variant)),
  },
};
