import { describe, expect, it } from "vitest";
import { Presence } from "./presence.ts";

const socket = (person: string) => ({ person: { person }, client: null as number | null });
const state = (client: number, clock: number, json = "{}") => ({ client, clock, json });

describe("presence that another server tells", () => {
  it("is passed on here, and not told again to others", () => {
    const presence = new Presence();
    presence.hear("two", [{ ...state(1, 1), person: "ada" }]);
    expect(presence.all).toMatchObject([state(1, 1)]);
    expect(presence.takeChanged()).toEqual([state(1, 1)]);
    expect(presence.takeOwn()).toEqual([]);
    presence.accept(socket("bob"), [state(2, 1)]);
    expect(presence.takeOwn()).toEqual([{ ...state(2, 1), person: "bob" }]);
    expect(presence.own).toEqual([{ ...state(2, 1), person: "bob" }]);
  });

  it("does not speak for a socket that is here, unless its person went on there", () => {
    const presence = new Presence();
    const ada = socket("ada");
    presence.accept(ada, [state(1, 5)]);
    presence.hear("two", [{ ...state(1, 9), person: "eve" }]);
    presence.hear("two", [{ ...state(1, 9, "null"), person: "ada" }]);
    expect(presence.all).toMatchObject([{ clock: 5 }]);
    presence.hear("two", [{ ...state(1, 6), person: "ada" }]);
    expect(presence.all).toMatchObject([{ clock: 6 }]);
    // The old socket, whose end is seen only now, takes nothing away.
    presence.leave(ada);
    expect(presence.all).toMatchObject([{ clock: 6 }]);
  });

  it("lets its person come here, and nobody else take the client", () => {
    const presence = new Presence();
    presence.hear("two", [{ ...state(1, 5), person: "ada" }]);
    expect(presence.accept(socket("eve"), [state(1, 6)]).own).toBe(false);
    expect(presence.accept(socket("ada"), [state(1, 6)]).own).toBe(true);
    expect(presence.all).toMatchObject([{ clock: 6 }]);
  });

  it("ends with its server, and an old state brings it back as little as one heard twice", () => {
    const presence = new Presence();
    presence.hear("two", [{ ...state(1, 5), person: "ada" }]);
    presence.hear("three", [{ ...state(2, 5), person: "bob" }]);
    presence.takeChanged();
    presence.forget((server) => server === "three");
    expect(presence.takeChanged()).toEqual([state(1, 6, "null")]);
    presence.hear("three", [
      { ...state(2, 4, "null"), person: "bob" },
      { ...state(2, 5), person: "bob" },
    ]);
    expect(presence.takeChanged()).toEqual([]);
    presence.hear("three", [{ ...state(2, 5, "null"), person: "bob" }]);
    expect(presence.all).toEqual([]);
  });
});
