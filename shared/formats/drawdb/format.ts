/** DrawDB's files as a value. */
import type { Format } from "../format.ts";
import { hold, LOSSES } from "./hold.ts";
import { readDrawdb } from "./read.ts";
import { recogniseDrawdb } from "./recognise.ts";
import { printDrawdb } from "./write.ts";

export const drawdb: Format = {
  id: "drawdb",
  label: "DrawDB",
  about: "for drawdb.app: Import from JSON; its JSON and .ddb files of every version are read",
  extensions: ["json", "ddb"],
  mediaType: "application/json",
  reader: { recognise: recogniseDrawdb, read: readDrawdb },
  writer: { variants: [], losses: LOSSES, hold: (design, dialect) => hold(design, dialect), print: printDrawdb },
};
