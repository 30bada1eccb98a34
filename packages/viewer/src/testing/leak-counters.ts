/** Counts what a page must give back: workers, object URLs, decoded pictures, listeners on long-lived targets. */
export interface LeakCounters {
  readonly counts: { workers: number; objectUrls: number; bitmaps: number; listeners: number };
  restore(): void;
}

/** `listenersOf`: `page` counts window and document only, for elements that end with all they contain. Default `elements`. */
export function countLeaks(options: { readonly listenersOf?: 'page' | 'elements' } = {}): LeakCounters {
  const elements = options.listenersOf !== 'page';
  const counts = { workers: 0, objectUrls: 0, bitmaps: 0, listeners: 0 };
  const undo: (() => void)[] = [];

  const RealWorker = globalThis.Worker;
  globalThis.Worker = class extends RealWorker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      counts.workers += 1;
    }
    override terminate(): void {
      counts.workers -= 1;
      super.terminate();
    }
  };
  undo.push(() => (globalThis.Worker = RealWorker));

  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (blob: Blob): string => {
    counts.objectUrls += 1;
    return createObjectURL.call(URL, blob);
  };
  URL.revokeObjectURL = (url: string): void => {
    counts.objectUrls -= 1;
    revokeObjectURL.call(URL, url);
  };
  undo.push(() => Object.assign(URL, { createObjectURL, revokeObjectURL }));

  const decode = globalThis.createImageBitmap;
  const closed = new WeakSet<ImageBitmap>();
  globalThis.createImageBitmap = (async (...args: Parameters<typeof createImageBitmap>) => {
    const bitmap = await decode.apply(globalThis, args);
    counts.bitmaps += 1;
    return bitmap;
  }) as typeof createImageBitmap;
  const { close } = ImageBitmap.prototype;
  ImageBitmap.prototype.close = function (): void {
    if (!closed.has(this)) counts.bitmaps -= 1;
    closed.add(this);
    close.call(this);
  };
  undo.push(() => {
    globalThis.createImageBitmap = decode;
    ImageBitmap.prototype.close = close;
  });

  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const lasting = (target: EventTarget | undefined): boolean =>
    target === undefined || target === window || target === document || (elements && target instanceof HTMLElement);
  EventTarget.prototype.addEventListener = function (this: EventTarget, ...args: Parameters<typeof addEventListener>) {
    const options = args[2];
    const ends = typeof options === 'object' && (options.once === true || options.signal !== undefined);
    if (lasting(this) && !ends) counts.listeners += 1;
    addEventListener.apply(this, args);
  };
  EventTarget.prototype.removeEventListener = function (
    this: EventTarget,
    ...args: Parameters<typeof removeEventListener>
  ) {
    if (lasting(this)) counts.listeners -= 1;
    removeEventListener.apply(this, args);
  };
  undo.push(() => Object.assign(EventTarget.prototype, { addEventListener, removeEventListener }));

  return { counts, restore: () => undo.reverse().forEach((step) => step()) };
}
