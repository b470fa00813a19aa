/**
 * The one table of problem codes and their English sentences.
 *
 * A sentence says what happened, where, and the next step; `{name}` is filled from the problem's params. Translations are
 * keyed by the same codes. Add a code here, then use it; a contract test demands a fixture for every code.
 */
export const PROBLEM_SENTENCES = {
  "input.empty": "The file is empty. Choose a file with a schema in it.",
  "input.unrecognised": "{name} is not a schema that can be read here: {why}",
  "input.encoding": "The text was read as {encoding}.",
  "input.truncated": "The text ends in the middle of {what} that starts in line {line}. Everything before it was read.",
  "input.too-large": "{name} is {size} MB; the limit is {limit} MB.",
  "import.refused": "{engine} refused this statement: {message}",
  "import.skipped": "Left out: {what} ({why}).",
  "import.data-set-aside": "{count} data statements were set aside and not run.",
  "import.rows-tried": "{rows} rows in {tables} tables were loaded and fit the design; the design itself holds none of them.",
  "import.rows-beside": "The file holds {rows} rows in {tables} tables; a design holds none of them.",
  "import.provided": "{what} was provided so that the rest could be read ({why}).",
  "import.verbatim": "{count} {kind} are kept word for word.",
  "import.cancelled": "The import was cancelled; nothing was changed.",
  "engine.refused": "{engine}: {message}",
  "engine.crashed": "The {engine} engine stopped unexpectedly ({message}). It was started again.",
  "engine.crashed-again":
    "The {engine} engine stopped unexpectedly twice ({message}). Change what you did last, or start it again.",
  "engine.timeout": "The {engine} engine did not answer within {seconds} s and was started again.",
  "engine.absent": "No engine of {engine} runs here: this was not proved.",
  "engine.unavailable": "The {engine} engine could not be loaded: {message}",
  "layout.crashed": "Arranging the tables stopped unexpectedly ({message}). Move them by hand, or arrange all tables again.",
  "layout.timeout": "Arranging the tables took more than {seconds} s and was given up. Move them by hand, or arrange them again.",
  "layout.cancelled": "Arranging was cancelled; nothing was moved.",
  "proof.different": "Run and read back, {what} {name} is not what was designed: {detail}",
  "model.dangling": "{what} {name} refers to something that is gone and is left out.",
  "model.duplicate-name": "Two {what} are named {name}.",
  "doc.unreadable": "What is stored as {what} cannot be read. It is left out here; nothing of it was deleted.",
  "doc.two-primary-keys": "Table {table} was given two primary keys at once; {name} is read as a unique key. Delete one of them.",
  "doc.cut": "{what} {name} referred to something that was deleted meanwhile, and stands without it.",
  "doc.kept": "The namespace {name} was deleted while something was put into it; it is kept.",
  "storage.failed": "This device could not save: {message}. Export the design to keep it.",
  "storage.not-persistent": "This browser may clear stored designs when space runs low. Export a copy to be safe.",
  "format.newer":
    "This design was written by a newer version of Drawbridge (format {found}, this one reads {known}). It opens read-only.",
  "format.damaged":
    "The format of this design is written as {found}, which makes no sense. It opens read-only; export it to keep what is shown.",
  "format.too-new":
    "This file was written by a newer version of Drawbridge (format {found}, this one reads {known}). Update Drawbridge and open it again.",
  "format.invalid": "{path} is not what a design holds there: {why}",
  "format.cancelled": "Writing was cancelled.",
  "format.failed": "The design could not be written: {why} Try again, or choose another format.",
  "format.part": "{path}: {why}.",
  "format.lost": "{format} does not hold {count} {what}.",
  "convert.lost": "Not carried over as it is: {what} ({why}).",
  "text.expected": "{what} is expected here, not {found}.",
  "text.unclosed": "{what} that begins in line {line} is not closed.",
  "text.missing": "There is no {what} named {name}.",
  "text.file":
    "The file {name}, which is used here, was not found. Open it together with this one, or the folder that holds both.",
  "text.partials":
    "From here on tables go without their partials: together these may give {most} columns, or what is as long to write.",
  "text.twice": "{what} {name} is here a second time; the first one counts.",
  "text.setting": "{name} is no setting of a {what}.",
  "text.value": "{name} takes {wanted}.",
  "text.place": "{what} does not belong here: {why}.",
  "text.elsewhere": "In {file}, line {line}: {why}",
  "text.dialect": "The database {name} is not known here; the text was read as one for {dialect}.",
  "text.beside": "{what} ({count}): {why}.",
  "text.more": "{count} more places could not be read.",
  "migrations.none": "{name} holds no migrations that can be replayed here: {why}",
  "migrations.twice":
    "Two migrations are of version {version}: {first} and {second}. They are run in the order of their names; a tool may refuse them.",
  "gist.unreachable": "The server cannot be reached, and shared designs are kept there. Try again when it can be.",
  "gist.missing": "There is no shared design at this link. It may have been deleted; ask who shared it.",
  "gist.refused": "The server did not do it: {message}",
  "room.unreachable": "The server cannot be reached. Your designs are on this device; try again when it can be.",
  "room.gone": "This link opens nothing any more: it was replaced, or the design is no longer shared. Ask for a new link.",
  "room.busy": "The server cannot do it now ({message}). Try again in a moment.",
  "room.refused": "The server did not do it: {message}",
  "room.empty": "There is no design in this room yet. Ask who shared it to open theirs, then try again.",
  "version.gone": "This version is no longer there: it was removed, or gave way to newer ones.",
  "version.unreadable": "This version cannot be read; what is stored of it is damaged.",
  "version.full": "As many named versions are kept as there may be ({most}). Remove one first, or its name.",
  "live.unreachable":
    "No {engine} server could be reached at {target}. Check the host, the port and the firewall, and that this Drawbridge server is allowed to connect there.",
  "live.refused": "{message}",
  "live.certificate":
    "The certificate of {host} could not be verified: {why}. Check the host name, add the authority's certificate, or encrypt without verifying.",
  "live.not-encrypted":
    "The server at {target} does not offer encryption. Choose a connection without TLS only if you trust the network in between.",
  "live.too-much": "The {engine} server sent more than {limit} MB; reading was stopped.",
  "live.too-many-tables": "The database has {count} tables; at most {limit} are read.",
  "live.timeout": "The {engine} server did not finish within {seconds} s; reading was stopped.",
  "live.cancelled": "Reading was cancelled.",
  "live.lost": "The connection to the {engine} server was lost. Try again.",
  "live.paused": "{target} could not be reached several times in a row. It is tried again in {seconds} s.",
  "live.no-server":
    "The Drawbridge server that would connect cannot be reached. Try again when it can be, or run a query yourself and paste its answer.",
  "paste.none":
    "There is no answer of the query in this text. Run the query, and copy the one cell of its result, whole; CSV or JSON of the result will do as well.",
  "paste.query": "This is the query itself. Run it in a client of the database, and paste what it answers.",
  "paste.clipped":
    "The answer was cut off after {count} characters. Let the client show or export the whole value: save the result to a file, raise its limit for long texts (phpMyAdmin: Full texts; DBeaver: Max text length), or run the query in psql or mysql.",
  "paste.damaged":
    "The answer was changed on the way so that it cannot be read. Copy it again as it is, or save the result as CSV or JSON and paste that.",
  "paste.changed":
    "The client changed the answer on its way (broken lines or lost spaces); it could be read, but look at long texts such as views and functions.",
  "paste.old": "This answer is of a query that another version of Drawbridge wrote. Copy the query again and run it once more.",
  "paste.other": "This is the answer of a query for {dialect}. Choose that system first.",
  "paste.older":
    "The query was written for version {made} and run on version {server}: what is new in between is not in the answer. Choose the newer version to have it.",
  "live.off": "This server does not connect to databases (DB_PROXY=off).",
  "live.no-files":
    "This server opens no SQLite files: its operator has not set SQLITE_DIR. Open the file in the browser instead; it stays on your machine.",
  "live.no-file":
    "There is no SQLite database {name} in this server's SQLITE_DIR. Give the plain name of a file there, or open your own file in the browser.",
  "live.file-unreadable": "{name} cannot be read: {why}.",
  "live.file-too-large": "{name} has {size} MB; this server reads at most {limit} MB. Open the file in the browser instead.",
  "live.file-in-use":
    "{name} is in use: what stands only in {journal} is not read. Close the program that writes to it and read again.",
  "scratch.off": "No database server is set up here to prove files on: the operator has not set SCRATCH_MYSQL_URL.",
  "scratch.unreachable": "The database server to prove files on cannot be used now. Try again later, or tell its operator.",
  "scratch.rights":
    "The account of SCRATCH_MYSQL_URL may do more than a stranger's file should ({what}): nothing is run. Its operator must give it rights on drawbridge_scratch_ databases alone.",
  "scratch.busy": "A file is being proved for you already, or too many wait. Try again in a moment.",
  "scratch.lost": "The Drawbridge server stopped answering before the proof was done. Try again in a moment.",
  "scratch.timeout": "{engine} did not finish within {seconds} s. It was stopped, and nothing of the file is left there.",
  "live.busy": "Too many database connections are being opened from this address. Try again in {seconds} s.",
} as const;

export type ProblemCode = keyof typeof PROBLEM_SENTENCES;
