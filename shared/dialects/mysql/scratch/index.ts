/**
 * This part is in charge of running a file on a live server that other things stand on: which of its statements are run, and as
 * what. The account's rights are the wall (`rights.ts`); what is here keeps a file from leaning on it. Only definitions are run, so
 * nothing that a file defines is ever called, and each statement is sent without comments, so that what was looked at is what the
 * server reads.
 */
import type { Scratch } from "../../dialect.ts";
import type { Flavour } from "../flavour.ts";
import { excess, RECIPE, STEM } from "./rights.ts";
import { FileRun } from "./run.ts";

export function createScratch(flavour: Flavour): Scratch {
  return { recipe: RECIPE, stem: STEM, excess, open: (place) => new FileRun(flavour, place) };
}
