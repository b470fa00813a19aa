/**
 * fast-check, beginning at the same place in every run, so that a run is red because of a change and not by chance.
 * `SEED=42 npm test` begins elsewhere, `SEED=random` anywhere; both print where.
 */
import fc from "fast-check";

const asked = process.env["SEED"];
const seed = asked === "random" ? Math.floor(Math.random() * 2 ** 31) : Number(asked ?? 20_261_126);
if (asked !== undefined) console.log(`property tests begin at SEED=${String(seed)}`);
fc.configureGlobal({ seed });

export default fc;
