import { describe, expect, it } from "vitest";
import { inOrderOfNeed, type Node } from "./sort.ts";

/** `a>b,c` is a node `a` that needs `b` and `c`; `*` after the name: it can be made in two steps, the first of which needs nothing. */
function node(text: string): Node<string> {
  const [head = "", needs = ""] = text.split(">");
  const [name = "", group = ""] = head.replace("*", "").split("/");
  const split = head.includes("*")
    ? { rank: name.length, needs: [], steps: () => ({ first: `${name}?`, rest: `${name}!` }) }
    : null;
  return { id: name, needs: needs === "" ? [] : needs.split(","), value: name, group, split };
}

describe("the order of need", () => {
  it.each<[string, string, string]>([
    ["stays as it is given", "b a c", "b a c"],
    ["puts first what is needed", "a>b b>c c", "c b a"],
    ["passes over what is not there", "a>x b", "a b"],
    ["cuts a circle somewhere", "a>b b>a c", "b a c"],
    ["opens a circle", "a*>b b>a c>a", "a? b a! c"],
    ["opens a circle where it is easiest", "long*>b b>ab ab*>long", "ab? b long ab!"],
    ["opens two circles that share one", "a*>b,c b>a c>a", "a? b c a!"],
    ["opens what one step leaves closed", "a*>b b>a,cc cc*>d d>cc,a", "a? cc? d cc! b a!"],
    ["completes before others use it", "x>a a*>b b>a", "a? b a! x"],
    ["keeps groups together", "f1/f t1/t f2/f t2/t", "f1 f2 t1 t2"],
    ["leaves a group only for what it needs", "f1/f f2/f>t1 f3/f t1/t>f1 t2/t", "f1 f3 t1 t2 f2"],
  ])("%s", (_name, nodes, expected) => {
    expect(inOrderOfNeed(nodes.split(" ").map(node)).join(" ")).toBe(expected);
  });

  it("takes five thousand in a chain", () => {
    const chain = Array.from({ length: 5_000 }, (_, at) => node(`n${String(at)}>n${String(at + 1)}`));
    expect(inOrderOfNeed(chain)[0]).toBe("n4999");
  });
});
