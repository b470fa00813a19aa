/** ChartDB's files as a value. */
import type { Format } from "../format.ts";
import { hold, LOSSES } from "./hold.ts";
import { readChartdb } from "./read.ts";
import { recogniseChartdb } from "./recognise.ts";
import { printChartdb } from "./write.ts";

export const chartdb: Format = {
  id: "chartdb",
  label: "ChartDB",
  about: "for chartdb.io: Import from JSON; what its Export JSON wrote is read",
  extensions: ["json"],
  mediaType: "application/json",
  reader: { recognise: recogniseChartdb, read: readChartdb },
  writer: { variants: [], losses: LOSSES, hold: (design, dialect) => hold(design, dialect), print: printChartdb },
};
