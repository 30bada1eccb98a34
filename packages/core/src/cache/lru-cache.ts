/** Keeps what was used last, within a budget. Memory only: nothing of a patient outlives the page. */
export class LruCache<V> {
  readonly #budget: number;
  #entries = new Map<string, { readonly value: V; readonly cost: number }>();
  #used = 0;

  /** `budget` in the unit of the costs, for example bytes. */
  constructor({ budget }: { readonly budget: number }) {
    this.#budget = budget;
  }

  get used(): number {
    return this.#used;
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** A value dearer than the whole budget is not kept. */
  set(key: string, value: V, cost: number): void {
    this.delete(key);
    if (cost > this.#budget) return;
    this.#entries.set(key, { value, cost });
    this.#used += cost;
    for (const oldest of this.#entries.keys()) {
      if (this.#used <= this.#budget) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#used -= entry.cost;
  }

  clear(): void {
    this.#entries.clear();
    this.#used = 0;
  }
}
