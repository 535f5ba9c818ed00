/**
 * Batches on any number of machines, through BullMQ on Redis. A job is named by its content, so the
 * same batch is never queued twice; a machine that dies or hangs loses its lock, and its batch is
 * done again elsewhere. Answers go by seed, so a batch that was done twice counts once.
 *
 * Queues are named by the hash of the engine: a machine with another Fabula gets no work.
 */
import { createHash } from "node:crypto";
import { Queue, QueueEvents, UnrecoverableError, Worker } from "bullmq";
import { Redis } from "ioredis";
import type { Answerer, BatchResult, BatchTask } from "./task.js";

/** A machine that says nothing for so long has lost its batch. */
const lockMs = 10_000;
const stalledCheckMs = 2_000;
/** How long what was done waits for a coordinator that comes back. */
const keptSeconds = 24 * 3600;

export interface FleetOptions {
  /** `redis://host:port/db` */
  readonly url: string;
  /** Hash of the engine. */
  readonly engine: string;
}

export class FleetUnreachable extends Error {
  override readonly name = "FleetUnreachable";
}

/** Throws FleetUnreachable where no Redis answers. */
export async function connectFleet<Survey>(
  options: FleetOptions,
  surveys: ReadonlyMap<string, Survey>,
): Promise<Answerer & { countMachines(): Promise<number> }> {
  const redis = await connect(options.url);
  for (const [hash, survey] of surveys) {
    await redis.set(keyOf(hash), JSON.stringify(survey), "EX", keptSeconds);
  }
  const name = queueName(options.engine);
  const queue = new Queue<BatchTask, BatchResult>(name, { connection: connectionOf(options.url) });
  const events = new QueueEvents(name, { connection: connectionOf(options.url) });
  events.setMaxListeners(0);
  queue.on("error", () => {});
  events.on("error", () => {});
  await events.waitUntilReady();
  return {
    countMachines: () => queue.getWorkersCount(),
    answer: async (task, signal) => {
      const jobId = jobIdOf(task);
      const old = await queue.getJob(jobId);
      if (old !== undefined && (await old.isFailed())) await old.remove();
      const job = await queue.add("batch", task, {
        jobId,
        attempts: 3,
        removeOnComplete: { age: keptSeconds },
        removeOnFail: { age: 60 },
      });
      return await unlessAborted(job.waitUntilFinished(events), signal, async () => {
        // One that is under way is left to its machine.
        await job.remove().catch(() => {});
      });
    },
    close: async () => {
      await Promise.allSettled([queue.close(), events.close()]);
      redis.disconnect();
    },
  };
}

export interface FleetWorker {
  /** Rejects where Redis is lost for good. */
  readonly done: Promise<void>;
  /** Ends after the batches under way. */
  stop(): Promise<void>;
}

/** Takes batches from the fleet until stopped. `create`: what answers them here. */
export async function serveFleet<Survey>(
  options: FleetOptions & { readonly threads: number },
  create: (surveyOf: (hash: string) => Promise<Survey>) => Answerer,
  onBatch: (task: BatchTask) => void,
): Promise<FleetWorker> {
  const redis = await connect(options.url);
  const known = new Map<string, Survey>();
  const answerer = create(async (hash) => {
    const found = known.get(hash) ?? parse<Survey>(await redis.get(keyOf(hash)));
    known.set(hash, found);
    return found;
  });
  const alive = new AbortController();
  const worker = new Worker<BatchTask, BatchResult>(
    queueName(options.engine),
    async ({ data }) => {
      const result = await answerer.answer(data, alive.signal);
      onBatch(data);
      return result;
    },
    {
      connection: connectionOf(options.url),
      concurrency: options.threads,
      lockDuration: lockMs,
      stalledInterval: stalledCheckMs,
      maxStalledCount: 1000,
    },
  );
  worker.on("error", () => {});
  let finish = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return {
    done,
    stop: async () => {
      await worker.close();
      await answerer.close();
      redis.disconnect();
      finish();
    },
  };
}

function parse<Survey>(text: string | null): Survey {
  if (text === null) throw new UnrecoverableError("the survey of this batch is gone from Redis");
  return JSON.parse(text) as Survey;
}

async function connect(url: string): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 1,
    connectTimeout: 5_000,
    retryStrategy: () => null,
  });
  redis.on("error", () => {});
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    throw new FleetUnreachable(error instanceof Error ? error.message : String(error));
  }
  return redis;
}

/** BullMQ makes its own connections, and waits for a Redis that is gone for a while. */
function connectionOf(url: string) {
  const { hostname, port, username, password, pathname, protocol } = new URL(url);
  const db = Number(pathname.slice(1));
  return {
    host: hostname,
    port: port === "" ? 6379 : Number(port),
    ...(username === "" ? {} : { username: decodeURIComponent(username) }),
    ...(password === "" ? {} : { password: decodeURIComponent(password) }),
    ...(Number.isInteger(db) && db > 0 ? { db } : {}),
    ...(protocol === "rediss:" ? { tls: {} } : {}),
    maxRetriesPerRequest: null,
  };
}

function queueName(engine: string): string {
  return `fabula-${engine.slice(0, 16)}`;
}

function keyOf(survey: string): string {
  return `fabula:survey:${survey}`;
}

function jobIdOf({ survey, from, to }: BatchTask): string {
  const hash = createHash("sha256").update(JSON.stringify([survey, from, to]));
  return `batch-${hash.digest("hex").slice(0, 40)}`;
}

function unlessAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal,
  onAbort: () => Promise<void>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      void onAbort();
      reject(new DOMException("interrupted", "AbortError"));
    };
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
