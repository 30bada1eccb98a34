import { Worker } from 'node:worker_threads';
import { AnjuanError, Scope } from '@anjuan/core';
import type { FromWorker, PageResult, PageTask, ToWorker } from './worker/protocol.js';

export interface Job {
  readonly task: PageTask;
  readonly lane: 'interactive' | 'background';
  readonly read: () => Promise<Uint8Array>;
  readonly resolve: (result: PageResult) => void;
  readonly reject: (reason: AnjuanError) => void;
}

/** WebAssembly memory never shrinks: a thread that grew beyond this is replaced between tasks. */
const MAX_HEAP_BYTES = 768 * 1024 * 1024;

/** One thread, one task at a time. The thread is started at need and again after a crash. */
export class PoolWorker {
  readonly #timeoutMs: number;
  #thread: { readonly worker: Worker; readonly scope: Scope } | undefined;
  #stopped: AnjuanError | undefined;
  #settle: ((reply: FromWorker) => void) | undefined;
  busy = false;
  lastDigest: string | undefined;

  constructor({ timeoutMs }: { readonly timeoutMs: number }) {
    this.#timeoutMs = timeoutMs;
  }

  /** Settles the job; never rejects. */
  async perform(job: Job): Promise<void> {
    this.busy = true;
    try {
      let reply = await this.#ask({ task: job.task });
      if (reply.status === 'needs-bytes') reply = await this.#ask({ task: job.task, bytes: await job.read() });
      this.lastDigest = job.task.source.digest;
      if (reply.status === 'done') job.resolve(reply.result);
      else job.reject(this.#stopped ?? new AnjuanError(reply.status === 'failed' ? reply.code : 'render-failed'));
      if (reply.status !== 'needs-bytes' && reply.heapBytes > MAX_HEAP_BYTES) this.#replace();
    } catch (error) {
      job.reject(AnjuanError.from(error));
    } finally {
      this.busy = false;
    }
  }

  close(): void {
    this.#stopped = new AnjuanError('aborted');
    this.#replace();
    this.#settle?.({ status: 'failed', code: 'aborted', heapBytes: 0 });
  }

  async #ask(message: ToWorker): Promise<FromWorker> {
    // Closed while the file was being read: a thread started now would have no owner.
    if (this.#stopped) throw this.#stopped;
    const { worker, scope } = (this.#thread ??= this.#start());
    return new Promise((resolve) => {
      const lost = (): void => {
        this.#replace();
        this.#settle?.({ status: 'failed', code: 'render-failed', heapBytes: 0 });
      };
      const cancelTimeout = scope.timeout(lost, this.#timeoutMs);
      // A thread at work keeps the process alive, an idle one does not.
      worker.ref();
      this.#settle = (reply) => {
        worker.unref();
        cancelTimeout();
        this.#settle = undefined;
        resolve(reply);
      };
      worker.postMessage(message);
    });
  }

  #start(): { worker: Worker; scope: Scope } {
    const scope = new Scope();
    // From source (tests, npm start) the file is TypeScript.
    const entry = import.meta.url.endsWith('.ts')
      ? new URL('./worker/from-source.mjs', import.meta.url)
      : new URL('./worker/worker.js', import.meta.url);
    const worker = new Worker(entry);
    scope.defer(() => void worker.terminate());
    worker.on('message', (reply: FromWorker) => this.#settle?.(reply));
    const lost = (): void => {
      if (scope.disposed) return;
      this.#replace();
      this.#settle?.({ status: 'failed', code: 'render-failed', heapBytes: 0 });
    };
    worker.on('error', lost);
    worker.on('exit', lost);
    worker.unref();
    return { worker, scope };
  }

  #replace(): void {
    const thread = this.#thread;
    this.#thread = undefined;
    this.lastDigest = undefined;
    thread?.scope.dispose();
  }
}
