/** Callbacks of others. One that throws reaches the page's error handler, and stops neither us nor the rest. */
export class Listeners<T> {
  readonly #all = new Set<(value: T) => void>();

  /** Returns the end of it. */
  add(listener: (value: T) => void): () => void {
    const own = (value: T): void => listener(value);
    this.#all.add(own);
    return () => this.#all.delete(own);
  }

  tell(value: T): void {
    for (const listener of [...this.#all]) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  clear(): void {
    this.#all.clear();
  }
}
