import { proxy, transfer, wrap, type Remote } from 'comlink';
import { AnjuanError, type Scope } from '@anjuan/core';
import { trustedScriptUrl } from '@anjuan/core/element';
import { captureError } from '@anjuan/core/outbox';
import { LatestOnly } from './latest-only.js';
import type { PipelineWorker } from './protocol.js';
import { fromWire, toWire } from './wire-error.js';

/** Image work off the main thread. Calls never block it; errors are AnjuanErrors. */
export type Pipeline = PipelineWorker;

/** Where the worker is and how long it lives. */
export interface PipelineOptions {
  /** Folder of the product's assets; the worker is `capture/pipeline.worker.js` in it. */
  readonly assetsUrl: string;
  /** The worker ends with this scope; calls under way then end with `aborted`. */
  readonly scope: Scope;
}

const START_TIMEOUT_MS = 20_000;
/** A page takes about a second, a PDF of hundreds of pages a minute. A worker silent for longer hangs. */
const SILENCE_MS = 180_000;

/**
 * Starts the image worker. It is started anew after a crash; the call under way then fails with `pipeline-failed`.
 * Of preview frames only the latest waits: an older waiting one ends with `aborted`.
 * Errors: `worker-blocked` (CSP, wrong assetsUrl, missing file), `aborted`.
 */
export async function openPipeline(options: PipelineOptions): Promise<Pipeline> {
  const host = new WorkerHost(options);
  await host.start();
  const frames = new LatestOnly();
  return {
    backend: () => host.call((worker) => worker.backend()),
    analyseFrame: (frame, how) =>
      frames.run(
        () => host.call((worker) => worker.analyseFrame(transfer(frame, [frame]), how)),
        () => frame.close(),
      ),
    calibrateMat: (frame) => host.call((worker) => worker.calibrateMat(transfer(frame, [frame]))),
    encodeMaster: (picture) => host.call((worker) => worker.encodeMaster(transfer(picture, [picture]))),
    findPages: (master, how) => host.call((worker) => worker.findPages(master, how)),
    process: (master, how) => host.call((worker) => worker.process(master, how)),
    compare: (page, earlier) => host.call((worker) => worker.compare(page, earlier)),
    assemble: (request) => host.call((worker) => worker.assemble(request)),
    readBarcodes: (picture, how) => host.call((worker) => worker.readBarcodes(picture, how)),
    importFile: (file, how, onPage) => {
      const page = proxy(async (imported: Parameters<typeof onPage>[0]) => {
        host.heard();
        try {
          await onPage(imported);
        } catch (error) {
          throw toWire(error);
        } finally {
          host.heard();
        }
      });
      return host.call((worker) => worker.importFile(file, how, page));
    },
  };
}

interface RunningWorker {
  readonly remote: Remote<PipelineWorker>;
  /** Rejects when the worker crashes or the scope ends. */
  readonly ended: Promise<never>;
  /** Ends the worker and everything that waits for it. */
  end(error: AnjuanError): void;
}

/** Keeps one worker running. */
class WorkerHost {
  readonly #options: PipelineOptions;
  #running: Promise<RunningWorker> | undefined;
  #calls = 0;
  #stopWatch = (): void => undefined;

  constructor(options: PipelineOptions) {
    this.#options = options;
  }

  start(): Promise<RunningWorker> {
    const started = this.#running ?? this.#spawn();
    if (this.#running !== started) {
      this.#running = started;
      started.catch(() => {
        if (this.#running === started) this.#running = undefined;
      });
    }
    return started;
  }

  async call<T>(work: (worker: Remote<PipelineWorker>) => Promise<T>): Promise<T> {
    const running = await this.start();
    this.#calls += 1;
    this.heard();
    try {
      return await Promise.race([work(running.remote), running.ended]);
    } catch (error) {
      throw fromWire(error);
    } finally {
      this.#calls -= 1;
      this.heard();
    }
  }

  /** The worker lives: its silence counts from now on, as long as somebody waits for it. */
  heard(): void {
    this.#stopWatch();
    this.#stopWatch = () => undefined;
    if (this.#calls === 0 || this.#options.scope.disposed) return;
    const hung = (): void => void this.#running?.then(({ end }) => end(captureError('pipeline-failed')));
    this.#stopWatch = this.#options.scope.timeout(hung, SILENCE_MS);
  }

  async #spawn(): Promise<RunningWorker> {
    const { assetsUrl, scope: owner } = this.#options;
    if (owner.disposed) throw new AnjuanError('aborted');
    const scope = owner.child();
    try {
      const worker = newWorker(trustedScriptUrl(assetsUrl, 'capture/pipeline.worker.js'));
      scope.defer(() => worker.terminate());
      const { promise: ended, reject } = withReject();
      let started = false;
      const running: RunningWorker = {
        remote: wrap<PipelineWorker>(worker),
        ended,
        end: (error) => {
          this.#running = undefined;
          reject(error);
          scope.dispose();
        },
      };
      scope.defer(() => reject(new AnjuanError('aborted')));
      scope.listen(worker, 'error', (event) => {
        event.preventDefault();
        running.end(started ? captureError('pipeline-failed') : new AnjuanError('worker-blocked'));
      });
      const stopWatch = scope.timeout(() => running.end(new AnjuanError('worker-blocked')), START_TIMEOUT_MS);
      await Promise.race([running.remote.backend(), ended]);
      stopWatch();
      started = true;
      return running;
    } catch (error) {
      scope.dispose();
      throw AnjuanError.is(error) ? error : new AnjuanError('worker-blocked', { cause: error });
    }
  }
}

function newWorker(url: URL | string): Worker {
  try {
    return new Worker(url, { type: 'module', name: 'anjuan-capture' });
  } catch (cause) {
    throw new AnjuanError('worker-blocked', { cause });
  }
}

/** A promise that only ever rejects, and that nobody has to watch. */
function withReject(): { readonly promise: Promise<never>; readonly reject: (error: AnjuanError) => void } {
  let reject = (_error: AnjuanError): void => undefined;
  const promise = new Promise<never>((_resolve, fail) => {
    reject = fail;
  });
  promise.catch(() => undefined);
  return { promise, reject };
}
