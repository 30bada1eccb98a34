import { availableParallelism } from 'node:os';
import { AnjuanError, Scope } from '@anjuan/core';
import { PoolWorker, type Job } from './pool-worker.js';
import type { PageTask, ResultOf } from './worker/protocol.js';

/** How many threads measure and draw pages, and their limits. */
export interface PagePoolOptions {
  /** Threads. Default: one less than the processor has, at least 1, at most 4. */
  readonly size?: number;
  /** Milliseconds one task may take before its thread is replaced. Default 30,000. */
  readonly timeoutMs?: number;
}

export interface RunOptions {
  /** Reads the file; called only when no thread holds it. */
  readonly read: () => Promise<Uint8Array>;
  /** `interactive` tasks overtake `background` ones. Default `interactive`. */
  readonly lane?: 'interactive' | 'background';
  /** Takes a task out of the queue; one that has begun goes on to its result. */
  readonly signal?: AbortSignal;
}

/**
 * Measures, reads and draws files in worker threads. A file that hangs or crashes the engine costs its own task
 * (`render-failed`) and one thread, which is replaced; nothing else notices.
 */
export class PagePool {
  readonly #scope = new Scope();
  readonly #workers: PoolWorker[] = [];
  readonly #queue: Job[] = [];
  readonly #size: number;
  readonly #timeoutMs: number;

  constructor(options: PagePoolOptions = {}) {
    this.#size = options.size ?? Math.min(4, Math.max(1, availableParallelism() - 1));
    this.#timeoutMs = options.timeoutMs ?? 30_000;
  }

  /** Errors: those of the file (`pdf-*`, `image-malformed`, `document-*`), `render-*`, `aborted`. */
  async run<T extends PageTask>(task: T, options: RunOptions): Promise<ResultOf<T>> {
    if (this.#scope.disposed) throw new AnjuanError('client-closed');
    if (options.signal?.aborted) throw new AnjuanError('aborted');
    const { promise, resolve, reject } = promiseWithResolvers<ResultOf<T>>();
    const lane = options.lane ?? 'interactive';
    const job: Job = { task, lane, read: options.read, resolve: (result) => resolve(result as ResultOf<T>), reject };
    const cancel = (): void => {
      const index = this.#queue.indexOf(job);
      // A running task is not stopped: its result is cheap to keep and the thread dear to lose.
      if (index < 0) return;
      this.#queue.splice(index, 1);
      reject(new AnjuanError('aborted'));
    };
    options.signal?.addEventListener('abort', cancel, { once: true });
    this.#queue.push(job);
    this.#pump();
    return promise.finally(() => options.signal?.removeEventListener('abort', cancel));
  }

  /** Stops every thread; tasks under way fail with `aborted`. */
  close(): void {
    this.#scope.dispose();
    for (const job of this.#queue.splice(0)) job.reject(new AnjuanError('aborted'));
  }

  #pump(): void {
    while (this.#queue.length > 0 && !this.#scope.disposed) {
      const job = this.#queue.find(({ lane }) => lane === 'interactive') ?? this.#queue[0];
      const worker = job && this.#idleWorker(job.task.source.digest);
      if (!job || !worker) return;
      this.#queue.splice(this.#queue.indexOf(job), 1);
      void worker.perform(job).finally(() => this.#pump());
    }
  }

  /** Prefers the thread that has the file open, then any idle one, then a new one. */
  #idleWorker(digest: string): PoolWorker | undefined {
    const idle = this.#workers.filter((worker) => !worker.busy);
    const holder = idle.find((worker) => worker.lastDigest === digest) ?? idle[0];
    if (holder || this.#workers.length >= this.#size) return holder;
    const worker = new PoolWorker({ timeoutMs: this.#timeoutMs });
    this.#scope.defer(() => worker.close());
    this.#workers.push(worker);
    return worker;
  }
}

function promiseWithResolvers<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (reason: AnjuanError) => void;
} {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: AnjuanError) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
