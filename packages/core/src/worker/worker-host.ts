import { wrap, type Remote } from 'comlink';
import { AnjuanError } from '../errors/anjuan-error.js';
import type { Scope } from '../lifecycle/scope.js';
import { fromWire, type UnforeseenError } from './wire-error.js';

/** What worker, and how long it lives. */
export interface WorkerHostOptions<T> {
  /** Address of the script, trusted where the page asks for that. Errors: `worker-blocked`. */
  readonly url: () => URL | string;
  /** Name shown by developer tools. */
  readonly name: string;
  /** The worker ends with this scope; calls under way then end with `aborted`. */
  readonly scope: Scope;
  /** A call that answers at once when the worker is up. */
  readonly ping: (remote: Remote<T>) => Promise<unknown>;
  /** The error of a crash. */
  readonly failed: UnforeseenError;
  /** A worker that says nothing for so long while somebody waits hangs. Default 180,000 ms. */
  readonly silenceMs?: number;
}

interface RunningWorker<T> {
  readonly remote: Remote<T>;
  /** Rejects when the worker crashes or the scope ends. */
  readonly ended: Promise<never>;
  /** Ends the worker and everything that waits for it. */
  end(error: AnjuanError): void;
}

const START_TIMEOUT_MS = 20_000;
const SILENCE_MS = 180_000;

/** Keeps one worker running: started with the first call, started anew after a crash. */
export class WorkerHost<T> {
  readonly #options: WorkerHostOptions<T>;
  #running: Promise<RunningWorker<T>> | undefined;
  #calls = 0;
  #stopWatch = (): void => undefined;

  constructor(options: WorkerHostOptions<T>) {
    this.#options = options;
  }

  /** Errors: `worker-blocked` (CSP, wrong address, missing file), `aborted`. */
  start(): Promise<RunningWorker<T>> {
    const started = this.#running ?? this.#spawn();
    if (this.#running !== started) {
      this.#running = started;
      started.catch(() => {
        if (this.#running === started) this.#running = undefined;
      });
    }
    return started;
  }

  /** One call; its errors are AnjuanErrors. */
  async call<R>(work: (worker: Remote<T>) => Promise<R>): Promise<R> {
    const running = await this.start();
    this.#calls += 1;
    this.heard();
    try {
      return await Promise.race([work(running.remote), running.ended]);
    } catch (error) {
      throw fromWire(error, this.#options.failed);
    } finally {
      this.#calls -= 1;
      this.heard();
    }
  }

  /** The worker lives: its silence counts from now on, as long as somebody waits for it. */
  heard(): void {
    this.#stopWatch();
    this.#stopWatch = () => undefined;
    const { scope, failed, silenceMs = SILENCE_MS } = this.#options;
    if (this.#calls === 0 || scope.disposed) return;
    const hung = (): void => void this.#running?.then(({ end }) => end(failed({ cause: undefined })));
    this.#stopWatch = scope.timeout(hung, silenceMs);
  }

  async #spawn(): Promise<RunningWorker<T>> {
    const { url, name, scope: owner, ping, failed } = this.#options;
    if (owner.disposed) throw new AnjuanError('aborted');
    const scope = owner.child();
    try {
      const worker = newWorker(url(), name);
      scope.defer(() => worker.terminate());
      const { promise: ended, reject } = withReject();
      let started = false;
      const running: RunningWorker<T> = {
        remote: wrap<T>(worker),
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
        running.end(started ? failed({ cause: undefined }) : new AnjuanError('worker-blocked'));
      });
      const stopWatch = scope.timeout(() => running.end(new AnjuanError('worker-blocked')), START_TIMEOUT_MS);
      await Promise.race([ping(running.remote), ended]);
      stopWatch();
      started = true;
      return running;
    } catch (error) {
      scope.dispose();
      throw AnjuanError.is(error) ? error : new AnjuanError('worker-blocked', { cause: error });
    }
  }
}

function newWorker(url: URL | string, name: string): Worker {
  try {
    return new Worker(url, { type: 'module', name });
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
