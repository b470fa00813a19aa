/** The page's end of the worker for folders. It lives as long as one task. */
import { problem, type Report } from "#shared/result/index.ts";
import { askOnce } from "../line.ts";
import type { FolderInput } from "./files.ts";
import type { FolderRead, folderService } from "./service.ts";

type Remote = typeof folderService;

/** An archive of 200 MB takes some seconds; what takes this long will not end. */
const PATIENCE_MS = 60_000;

const startWorker = (): Worker => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "folders" });

/** Recognises what lies in a folder or an archive; `signal` ends it. */
export async function readFolder(
  input: FolderInput,
  { dialect, chosen }: { readonly dialect: string | null; readonly chosen: string | null },
  signal: AbortSignal,
  start: () => Worker = startWorker,
): Promise<Report<FolderRead | null>> {
  const patience = { signal, ms: PATIENCE_MS };
  const task = (remote: Remote): Promise<Report<FolderRead | null>> => remote.read(input, dialect, chosen);
  const ending = await askOnce<Remote, Report<FolderRead | null>>(start, task, patience);
  if (ending.kind === "answered") return ending.value;
  if (ending.kind === "cancelled") return { value: null, problems: [problem("import.cancelled", "note")] };
  const why = ending.kind === "crashed" ? `reading it failed (${ending.message}).` : "reading it took too long.";
  return { value: null, problems: [problem("migrations.none", "error", { name: input.name, why })] };
}
