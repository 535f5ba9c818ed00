/** The studio's server: its pages, the writer's folder, and news of what changed on disk. */
import { existsSync } from "node:fs";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import fastifyStatic from "@fastify/static";
import swagger from "@fastify/swagger";
import websocket from "@fastify/websocket";
import Fastify, { type FastifyInstance } from "fastify";
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
} from "fastify-type-provider-zod";
import { type Access, isLoopback, refusalOf } from "./access.js";
import { addFileRoutes } from "./file-routes.js";
import { FolderWatch } from "./watch.js";
import { Workspace } from "./workspace.js";

export interface ServerOptions {
  /** A name or address; anything but a loopback needs a token. Default 127.0.0.1. */
  readonly host?: string;
  /** 0: any that is free. Default 4747. */
  readonly port?: number;
  /** At least 16 characters. */
  readonly token?: string;
  /** The writer's folder; made when something is first saved. */
  readonly folder: string;
  /** The studio's pages, bundled. */
  readonly studio: string;
  /** Milliseconds without a page open and without a request after which it closes itself. */
  readonly idleMs?: number;
}

export interface RunningServer {
  /** Where to open the studio; with the token, where one is needed. */
  readonly url: string;
  readonly port: number;
  /** Settles when it was closed, by whomever. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/** Bytes of a request: a whole text in UTF-8. */
const bodyMax = 8_500_000;
const requestsAMinute = 1200;
const tokenLength = 16;

/** Throws a RangeError where others could reach it and no token is given. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host = "127.0.0.1", port = 4747, token, folder, studio } = options;
  if (!isLoopback(host) && (token === undefined || token.length < tokenLength)) {
    throw new RangeError(
      `others can reach ${host}: give a token of at least ${tokenLength} characters`,
    );
  }
  const server = Fastify({ bodyLimit: bodyMax, requestTimeout: 30_000 });
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  const access: Bound = { host, port, token };
  guard(server, access);
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:"],
        workerSrc: ["'self'", "blob:"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'self'"],
      },
    },
  });
  await server.register(rateLimit, { max: requestsAMinute, timeWindow: "1 minute" });
  await server.register(websocket, { options: { maxPayload: 64 * 1024 } });
  await server.register(swagger, {
    openapi: { info: { title: "Fabula", version: "0.1.0" } },
    transform: jsonSchemaTransform,
  });

  const workspace = new Workspace(folder);
  const watch = new FolderWatch(folder);
  addFileRoutes(server, workspace);
  let pages = 0;
  let lastAsked = performance.now();
  server.addHook("onResponse", async () => {
    lastAsked = performance.now();
    watch.start();
  });
  server.get("/api/health", () => ({ fabula: "0.1.0" }));
  server.get("/api/openapi.json", () => server.swagger());
  server.get("/api/live", { websocket: true }, (socket) => {
    const stop = watch.listen(() => socket.send(JSON.stringify({ type: "files" })));
    pages += 1;
    socket.on("close", () => {
      pages -= 1;
      lastAsked = performance.now();
      stop();
    });
  });
  if (existsSync(studio)) await server.register(fastifyStatic, { root: studio, maxAge: 0 });

  await server.listen({ host, port });
  const address = server.server.address();
  const bound = address !== null && typeof address === "object" ? address.port : port;
  access.port = bound;
  const name = host.includes(":") ? `[${host}]` : host;
  const query = token === undefined ? "" : `?token=${encodeURIComponent(token)}`;
  const closed = new Promise<void>((done) => server.server.once("close", () => done()));
  const close = async () => {
    clearInterval(idling);
    watch.stop();
    await server.close();
  };
  const { idleMs } = options;
  const idling =
    idleMs === undefined
      ? undefined
      : setInterval(
          () => {
            if (pages === 0 && performance.now() - lastAsked > idleMs) void close();
          },
          Math.min(idleMs, 30_000),
        );
  return { url: `http://${name}:${bound}/${query}`, port: bound, closed, close };
}

/** The port is known only once the server listens. */
type Bound = { -readonly [K in keyof Access]: Access[K] };

/** Pages are for everybody who may reach the address; what they ask of `/api` is not. */
function guard(server: FastifyInstance, access: Readonly<Bound>): void {
  server.addHook("onRequest", async (request, reply) => {
    const { headers, method, url } = request;
    const query = new URL(url, "http://localhost").searchParams;
    const isApi = url.startsWith("/api/");
    const asking = {
      method,
      host: headers.host,
      origin: headers.origin,
      authorization: headers.authorization,
      queryToken: query.get("token") ?? undefined,
    };
    const wanted = isApi ? access : { ...access, token: undefined };
    const refusal = refusalOf(wanted, asking);
    if (refusal !== undefined) {
      await reply.status(refusal.status).send({ message: refusal.message });
    }
  });
}
