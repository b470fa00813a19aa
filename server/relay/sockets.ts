/** The sockets at `/sync/<room>` and `/sync/<room>/comments`. */
import websocket from "@fastify/websocket";
import type { FastifyRequest } from "fastify";
import WebSocket from "ws";
import { CLOSE } from "#shared/api/sync.ts";
import { refusal } from "../ops/errors.ts";
import type { App } from "../ops/instance.ts";
import { type Admission, admit, knownOrigin } from "./admit.ts";
import type { RelayLimits } from "./limits.ts";
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
  readonly clientUrls: readonly string[];
  /** True once the server stops. */
  readonly closing: () => boolean;
  readonly clock: () => number;
  readonly now: () => Date;
  readonly closed: (code: number) => void;
}

class Sockets {
  readonly #parts: SocketsParts;
  readonly #addresses = new Map<string, number>();

  constructor(parts: SocketsParts) {
    this.#parts = parts;
  }

  async admit(request: FastifyRequest): Promise<Admission> {
    const { rooms, store, limits, now, closing } = this.#parts;
    if (closing()) return { refused: "restarting" };
    const most = limits.socketsPerAddress;
    if (most > 0 && (this.#addresses.get(request.ip) ?? 0) >= most) return { refused: "full" };
    const { "*": path } = request.params as { readonly "*": string };
    const { token } = request.query as { readonly token?: unknown };
    try {
      const admitted = await admit(path, token, store, now().getTime());
      if ("name" in admitted && rooms.sizeOf(admitted.name) >= limits.socketsPerDocument) return { refused: "full" };
      return admitted;
    } catch (error) {
      request.log.error({ err: error }, "a room could not be read");
      return { refused: "unavailable" };
    }
  }

  #count(address: string, change: 1 | -1): void {
    const count = (this.#addresses.get(address) ?? 0) + change;
    if (count === 0) this.#addresses.delete(address);
    else this.#addresses.set(address, count);
  }

  /** Takes over an upgraded socket. */
  connect(socket: WebSocket, request: FastifyRequest, admission: Admission): void {
    const { rooms, limits, clock, closed } = this.#parts;
    this.#count(request.ip, 1);
    socket.on("close", (code) => {
      this.#count(request.ip, -1);
      closed(code);
    });
    if ("refused" in admission) {
      closeSocket(socket, admission.refused);
      return;
    }
    const session = new Session(socket, admission.person, admission.writes, limits, clock());
    socket.on("close", () => {
      session.ended = true;
    });
    // Nothing is read before the document is there: the system holds it, and a slow disk costs no memory.
    socket.pause();
    rooms.join(admission.name, session).then(
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
