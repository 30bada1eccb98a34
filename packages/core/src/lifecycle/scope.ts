/**
 * Owns resources and releases them last in, first out. Acquire on one line, `defer` the release on the next.
 * After disposal a deferred release runs at once, so a late acquire never leaks.
 */
export class Scope {
  #releases: (() => void)[] = [];
  #controller = new AbortController();

  /** Aborted when the scope is disposed. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** True after `dispose()`. */
  get disposed(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Registers a release. Returns a function that releases early, once. */
  defer(release: () => void): () => void {
    if (this.disposed) {
      release();
      return () => undefined;
    }
    let open = true;
    const once = (): void => {
      if (!open) return;
      open = false;
      const index = this.#releases.indexOf(once);
      if (index >= 0) this.#releases.splice(index, 1);
      release();
    };
    this.#releases.push(once);
    return once;
  }

  /** Listens until the scope ends. */
  listen(
    target: EventTarget,
    type: string,
    listener: (event: Event) => void,
    options: { passive?: boolean; capture?: boolean } = {},
  ): () => void {
    target.addEventListener(type, listener, options);
    return this.defer(() => target.removeEventListener(type, listener, options));
  }

  /** A timer that dies with the scope. */
  timeout(callback: () => void, delayMs: number): () => void {
    const id = setTimeout(() => {
      cancel();
      callback();
    }, delayMs);
    const cancel = this.defer(() => clearTimeout(id));
    return cancel;
  }

  /** An object URL that is revoked with the scope, or earlier by the returned function. */
  objectUrl(blob: Blob): { url: string; release: () => void } {
    const url = URL.createObjectURL(blob);
    return { url, release: this.defer(() => URL.revokeObjectURL(url)) };
  }

  /** A scope that ends with this one at the latest. */
  child(): Scope {
    const child = new Scope();
    const forget = this.defer(() => child.dispose());
    child.defer(forget);
    return child;
  }

  /** Releases everything. A throwing release does not stop the others; the first error is thrown at the end. */
  dispose(): void {
    if (this.disposed) return;
    this.#controller.abort();
    const errors: unknown[] = [];
    for (let release = this.#releases.pop(); release; release = this.#releases.pop()) {
      try {
        release();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
