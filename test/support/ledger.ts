/** What a page has acquired and not yet released. */
export interface Ledger {
  /** On window and document. */
  listeners: number;
  objectUrls: number;
  /** Neither closed nor given to a worker, both of which leave a bitmap without size. */
  readonly bitmaps: number;
  workers: number;
  /** Timeouts that have neither fired nor been cleared. */
  timers: number;
}

/** Counts what is acquired and not yet released, until `restore` is called. */
export function openLedger(): { readonly held: Ledger; restore(): void } {
  const bitmaps = new Set<ImageBitmap>();
  const held = {
    listeners: 0,
    objectUrls: 0,
    workers: 0,
    timers: 0,
    get bitmaps(): number {
      return [...bitmaps].filter(({ width }) => width > 0).length;
    },
  };
  const undo: (() => void)[] = [];
  function patch<T extends object, K extends keyof T>(target: T, name: K, make: (original: T[K]) => T[K]): void {
    const original = target[name];
    target[name] = make(original);
    undo.push(() => (target[name] = original));
  }
  for (const target of [window, document]) {
    const live = new Map<unknown, number>();
    patch(target, 'addEventListener', (add) => (...args: Parameters<typeof add>) => {
      live.set(args[1], (live.get(args[1]) ?? 0) + 1);
      held.listeners += 1;
      add.apply(target, args);
    });
    patch(target, 'removeEventListener', (remove) => (...args: Parameters<typeof remove>) => {
      if ((live.get(args[1]) ?? 0) > 0) {
        live.set(args[1], (live.get(args[1]) ?? 0) - 1);
        held.listeners -= 1;
      }
      remove.apply(target, args);
    });
  }
  patch(URL, 'createObjectURL', (create) => (object) => {
    held.objectUrls += 1;
    return create.call(URL, object);
  });
  patch(URL, 'revokeObjectURL', (revoke) => (url) => {
    held.objectUrls -= 1;
    revoke.call(URL, url);
  });
  patch(window, 'createImageBitmap', (create) => async (...args: unknown[]) => {
    const bitmap = await Reflect.apply(create, window, args);
    bitmaps.add(bitmap);
    return bitmap;
  });
  patch(
    Worker.prototype,
    'terminate',
    (terminate) =>
      function (this: Worker) {
        held.workers -= 1;
        terminate.call(this);
      },
  );
  patch(
    window,
    'Worker',
    (Original) =>
      class extends Original {
        constructor(...args: ConstructorParameters<typeof Worker>) {
          super(...args);
          held.workers += 1;
        }
      },
  );
  const timers = new Set<number>();
  const count = (): void => void (held.timers = timers.size);
  patch(
    window,
    'setTimeout',
    (set) =>
      ((handler: TimerHandler, afterMs?: number, ...args: unknown[]) => {
        const id = set.call(
          window,
          () => {
            timers.delete(id);
            count();
            if (typeof handler === 'function') handler(...args);
          },
          afterMs,
        ) as unknown as number;
        timers.add(id);
        count();
        return id;
      }) as unknown as typeof set,
  );
  patch(window, 'clearTimeout', (clear) => (id) => {
    timers.delete(id as number);
    count();
    clear.call(window, id);
  });
  return { held, restore: () => undo.reverse().forEach((one) => one()) };
}
