/** The page's end of the worker for whole designs. It lives as long as one task. */
import type { Problem, Result } from "#shared/result/index.ts";
import { layoutResult } from "../layout-ending.ts";
import { askOnce } from "../line.ts";
import type { Parcel } from "../parcel.ts";
import type { DesignMade, designService } from "./service.ts";

type Remote = typeof designService;

/** Ten thousand tables take a few seconds; what takes this long will not end. */
const PATIENCE_MS = 60_000;

const startWorker = (): Worker => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "designs" });

/** The document of what was imported, laid out; where the layout fails, which `tell` hears of, its tables stand in plain rows. */
export async function makeDesign(
  name: string,
  parcel: Parcel,
  tell: (problem: Problem) => void,
  start: () => Worker = startWorker,
): Promise<Result<DesignMade>> {
  const made = (laidOut: boolean): Promise<Result<DesignMade>> => ask(name, parcel, laidOut, start);
  const first = await made(true);
  if (first.ok) return first;
  tell(first.problem);
  return made(false);
}

async function ask(name: string, parcel: Parcel, laidOut: boolean, start: () => Worker): Promise<Result<DesignMade>> {
  const ending = await askOnce<Remote, DesignMade>(start, (remote) => remote.make(name, parcel, laidOut), { ms: PATIENCE_MS });
  return layoutResult(ending);
}

/** Documents of other states of a design that was made; what is in both stands where it does there. */
export async function makeOthers(
  name: string,
  update: Uint8Array,
  parcels: readonly Parcel[],
  start: () => Worker = startWorker,
): Promise<Result<readonly Uint8Array[]>> {
  const task = (remote: Remote): Promise<readonly Uint8Array[]> => remote.others(name, update, parcels);
  return layoutResult(await askOnce<Remote, readonly Uint8Array[]>(start, task, { ms: PATIENCE_MS }));
}
