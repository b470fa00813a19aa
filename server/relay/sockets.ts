/** The sockets at `/sync/<room>` and `/sync/<room>/comments`. */
import websocket from "@fastify/websocket";
import type { FastifyRequest } from "fastify";
import WebSocket from "ws";
import { CLOSE } from "#shared/api/sync.ts";
import { refusal } from "../ops/errors.ts";
import { countedCaller } from "../ops/caller.ts";
import type { App } from "../ops/instance.ts";
import { type Admission, admit, knownOrigin } from "./admit.ts";
import type { RelayLimits } from "./limits.ts";
import type { Rates } from "./rates.ts";
import { roomOf } from "./record.ts";
import type { Rooms } from "./rooms.ts";
import { closeSocket, Session } from "./session.ts";
import type { RoomStore } from "./store.ts";

/** `ws` closes with codes of its own where a frame is too large or none; clients would come back for ever with the same frame. */
const OWN_CODES: Readonly<Record<number, number>> = { 1002: CLOSE.malformed, 1007: CLOSE.malformed, 1009: CLOSE.tooLarge };

class RelaySocket extends WebSocket {
  override close(code?: number, data?: string | Buffer): void {
    super.close(code === undefined ? code : (OWN_CODES[code] ?? code), data);
  }
}

export interface SocketsParts {
  readonly rooms: Rooms;
  readonly store: RoomStore;
  readonly limits: RelayLimits;
  readonly rates: Rates;
  readonly clientUrls: readonly string[];
  /** True once the server stops. */
  readonly closing: () => boolean;
  readonly clock: () => number;
  readonly now: () => Date;
  readonly closed: (code: number) => void;
}

class Sockets {
  readonly #parts: SocketsParts;

  constructor(parts: SocketsParts) {
    this.#parts = parts;
  }

  async admit(request: FastifyRequest): Promise<Admission> {
    const { rooms, store, rates, limits, clock, now, closing } = this.#parts;
    if (closing()) return { refused: "restarting" };
    if (!rates.mayConnect(countedCaller(request.ip), clock())) return { refused: "full" };
    const { "*": path } = request.params as { readonly "*": string };
    const { token } = request.query as { readonly token?: unknown };
    try {
      const admitted = await admit(path, token, store, now().getTime());
      if ("refused" in admitted) return admitted;
      const { name, person } = admitted;
      if (rates.isBarred({ room: roomOf(name), person: person.person }, clock())) return { refused: "tooMany" };
      return rooms.sizeOf(name) >= limits.socketsPerDocument ? { refused: "full" } : admitted;
    } catch (error) {
      request.log.error({ err: error }, "a room could not be read");
      return { refused: "unavailable" };
    }
  }

  /** Takes over an upgraded socket. */
  connect(socket: WebSocket, request: FastifyRequest, admission: Admission): void {
    const { rooms, rates, clock, closed } = this.#parts;
    socket.on("close", closed);
    if ("refused" in admission) {
      closeSocket(socket, admission.refused);
      return;
    }
    const { name, person, writes } = admission;
    const sender = { room: roomOf(name), person: person.person, address: countedCaller(request.ip) };
    const charges = rates.of(sender, clock());
    const session = new Session(socket, person, writes, charges, clock());
    charges.count(1);
    socket.on("close", () => {
      session.ended = true;
      charges.count(-1);
    });
    // Nothing is read before the document is there: the system holds it, and a slow disk costs no memory.
    socket.pause();
    rooms.join(name, session).then(
      (room) => {
        if (!room) return;
        socket.on("close", () => {
          room.leave(session);
        });
        socket.on("message", (data: Buffer, isBinary: boolean) => {
          if (isBinary) room.receive(session, data);
          else session.end("malformed");
        });
        socket.resume();
      },
      (error: unknown) => {
        request.log.error({ err: error }, "a room could not be opened");
        session.end("unavailable");
      },
    );
  }
}

const PREFIX = "/sync/";

const isUpgrade = (request: FastifyRequest): boolean => request.headers.upgrade !== undefined;

/**
 * Only our paths become sockets. Node lets go of a connection that asks for an upgrade: whatever is answered to it instead must also
 * end it, or it would stay open for ever, read by nobody.
 */
function onlyHere(app: App): void {
  app.addHook("onRequest", async (request, reply) => {
    if (isUpgrade(request) && !request.url.startsWith(PREFIX))
      return reply.code(404).send(refusal("There is no socket at this address."));
    return undefined;
  });
  app.addHook("onResponse", async (request) => {
    if (isUpgrade(request)) request.raw.socket.destroySoon();
  });
}

/** Registers the sockets. */
export async function sockets(app: App, parts: SocketsParts): Promise<void> {
  onlyHere(app);
  const all = new Sockets(parts);
  const admissions = new WeakMap<FastifyRequest, Admission>();
  await app.register(websocket, {
    options: {
      maxPayload: parts.limits.documentBytes + 1024,
      perMessageDeflate: false,
      clientTracking: false,
      // The plugin's types mean the CommonJS half of `ws`, of which this is the same class.
      WebSocket: RelaySocket as never,
    },
    // What is wrong with a frame closes the socket with its code; there is no more to do about it.
    errorHandler: () => undefined,
    // The rooms close their sockets when they have kept what waits.
    preClose: (done: () => void) => {
      done();
    },
  });
  app.get(
    `${PREFIX}*`,
    {
      websocket: true,
      preValidation: async (request) => {
        if (!knownOrigin(request, parts.clientUrls)) {
          throw Object.assign(new Error("Pages of this origin may not open rooms here."), { statusCode: 403 });
        }
        admissions.set(request, await all.admit(request));
      },
    },
    (socket, request) => {
      all.connect(socket, request, admissions.get(request) ?? { refused: "missing" });
    },
  );
}
