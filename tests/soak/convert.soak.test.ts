/** Every reference schema in every other dialect: see `tests/contract/convert.test.ts`. */
import { describe, it } from "vitest";
import { conversions, convertsWhole } from "../support/convert-suite.ts";

describe("reference schemas", () => {
  it.each(conversions(() => true))("$id $name becomes one of every other dialect", convertsWhole, 300_000);
});
