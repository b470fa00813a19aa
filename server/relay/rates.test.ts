import { describe, expect, it } from "vitest";
import { Rates } from "./rates.ts";

const limits = {
  documentBytes: 1_000_000,
  updatesPerSecond: 10,
  rooms: 1,
  socketsPerDocument: 10,
  socketsPerAddress: 2,
  idleMs: 1,
  versionMs: 1,
  waitingBytes: 1,
};
const ada = { room: "r", person: "ada", address: "10.0.0.1" };

describe("the rates of a person", () => {
  it("are one over all sockets, and bar them all for a while", () => {
    const rates = new Rates(limits);
    const [one, two] = [rates.of(ada, 0), rates.of({ ...ada, address: "10.0.0.2" }, 0)];
    for (let at = 0; at < 100; at += 1) expect((at % 2 === 0 ? one : two).take("updates", 0)).toBe(true);
    expect(two.take("updates", 0)).toBe(false);
    expect(one.take("messages", 1)).toBe(false);
    expect(rates.isBarred(ada, 1)).toBe(true);
    expect(rates.isBarred({ ...ada, person: "bob" }, 1)).toBe(false);
    expect(rates.isBarred({ ...ada, room: "s" }, 1)).toBe(false);
    expect(rates.isBarred(ada, 60_000)).toBe(false);
    expect(one.take("updates", 60_000)).toBe(true);
  });

  it("let a whole document that was cut off be sent again, and not a third time at once", () => {
    const charges = new Rates(limits).of(ada, 0);
    expect(charges.takeBytes(1_000_000, 0)).toBe(true);
    expect(charges.takeBytes(1_000_000, 0)).toBe(true);
    expect(charges.takeBytes(1_000_000, 0)).toBe(true);
    expect(charges.takeBytes(1_000_000, 0)).toBe(false);
  });
});

describe("the rates of a room", () => {
  it("make its sockets wait for five seconds at most, whoever they are of", () => {
    const rates = new Rates(limits);
    let waits = 0;
    for (let person = 0; person < 200; person += 1) {
      const charges = rates.of({ ...ada, person: String(person), address: String(person) }, 0);
      for (let at = 0; at < 10; at += 1) {
        const wait = charges.shareUpdate(0);
        expect(wait).toBeLessThanOrEqual(1_000);
        if (wait > 0) waits += 1;
      }
    }
    // A hundred people's second is there at once.
    expect(waits).toBe(1_000);
    const late = rates.of({ ...ada, person: "late", address: "late" }, 0);
    for (let at = 0; at < 20_000; at += 1) expect(late.shareUpdate(0)).toBeLessThanOrEqual(5_000);
    expect(late.shareUpdate(0)).toBe(5_000);
    expect(late.shareUpdate(6_000)).toBe(0);
    expect(rates.of({ ...ada, room: "s", person: "z", address: "z" }, 0).shareUpdate(0)).toBe(0);
  });
});

describe("an address", () => {
  it("has so many sockets open and opens so many a second", () => {
    const rates = new Rates(limits);
    expect(rates.mayConnect(ada.address, 0)).toBe(true);
    const sockets = [rates.of(ada, 0), rates.of(ada, 0)];
    for (const each of sockets) each.count(1);
    expect(rates.mayConnect(ada.address, 0)).toBe(false);
    expect(rates.mayConnect("10.0.0.2", 0)).toBe(true);
    sockets[0]?.count(-1);
    let opened = 0;
    while (rates.mayConnect(ada.address, 0)) opened += 1;
    expect(opened).toBe(999);
    expect(new Rates({ ...limits, socketsPerAddress: 0 }).mayConnect(ada.address, 0)).toBe(true);
  });

  it("is forgotten with its people and rooms once there is nothing to remember", () => {
    const rates = new Rates(limits);
    const charges = rates.of(ada, 0);
    charges.count(1);
    charges.take("updates", 0);
    rates.sweep(60_000);
    expect(rates.size).toBe(3);
    charges.count(-1);
    rates.sweep(60_000);
    expect(rates.size).toBe(0);
  });
});
