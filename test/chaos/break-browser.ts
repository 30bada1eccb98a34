// Ways in which a browser fails its page; each happens once and passes.

const workers: Worker[] = [];

/** Remembers workers from now on, so that one can be killed. */
export function watchWorkers(): void {
  const Real = globalThis.Worker;
  globalThis.Worker = class extends Real {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      workers.push(this);
    }
  };
}

/** The thread dies; the page hears of it as browsers tell it. */
export function killWorkers(): void {
  for (const worker of workers.splice(0)) {
    worker.terminate();
    worker.dispatchEvent(new ErrorEvent('error', { cancelable: true, message: 'killed' }));
  }
}

/** The next write aborts its transaction. */
export function breakIndexedDb(): void {
  failNextWrite(() => new DOMException('aborted by the browser', 'AbortError'));
}

/** The next write finds the disk full. */
export function fillDisk(): void {
  failNextWrite(() => new DOMException('full', 'QuotaExceededError'));
}

function failNextWrite(error: () => DOMException): void {
  const { put, add } = IDBObjectStore.prototype;
  const restore = (): void => void Object.assign(IDBObjectStore.prototype, { put, add });
  const fail = function (this: IDBObjectStore): never {
    restore();
    this.transaction.abort();
    throw error();
  };
  Object.assign(IDBObjectStore.prototype, { put: fail, add: fail });
}

/** The computer's clock is set; timers that run are not moved. */
export function jumpClock(byMs: number): void {
  const { now } = Date;
  Date.now = () => now() + byMs;
}
