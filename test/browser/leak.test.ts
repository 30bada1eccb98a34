// Law 6: whatever a record acquires is given back when it closes.
import { expect } from 'chai';
import { canaryArchive, canaryRecordId } from '../support/canary-archive.js';
import { greyPage, mountViewer, nextEvent } from '../support/mount.js';

interface Ledger {
  listeners: number;
  objectUrls: number;
  bitmaps: number;
  workers: number;
}

/** Counts what is acquired and not yet released, until `restore` is called. */
function openLedger(): { readonly held: Ledger; restore(): void } {
  const held: Ledger = { listeners: 0, objectUrls: 0, bitmaps: 0, workers: 0 };
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
  const bitmaps = new WeakSet<ImageBitmap>();
  patch(window, 'createImageBitmap', (create) => async (...args: unknown[]) => {
    const bitmap = await Reflect.apply(create, window, args);
    bitmaps.add(bitmap);
    held.bitmaps += 1;
    return bitmap;
  });
  patch(
    ImageBitmap.prototype,
    'close',
    (close) =>
      function (this: ImageBitmap) {
        if (bitmaps.delete(this)) held.bitmaps -= 1;
        close.call(this);
      },
  );
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
  return { held, restore: () => undo.reverse().forEach((one) => one()) };
}

describe('law 6: closing gives everything back', () => {
  it('leaves nothing after 100 records were opened and closed', async function () {
    this.timeout(120_000);
    const archive = canaryArchive({ image: greyPage });
    const ledger = openLedger();
    try {
      const cycle = async (): Promise<void> => {
        const { viewer, remove } = mountViewer({ transport: archive.transport });
        const shown = nextEvent(viewer, 'anjuan-page-shown');
        viewer.setAttribute('record-id', canaryRecordId);
        await shown;
        remove();
      };
      await cycle();
      const once = { ...ledger.held };
      for (let round = 1; round < 100; round += 1) await cycle();
      await new Promise((resolve) => requestAnimationFrame(resolve));
      expect(ledger.held.listeners, 'listeners on window and document').to.equal(once.listeners);
      expect(ledger.held.objectUrls, 'object URLs').to.equal(0);
      expect(ledger.held.bitmaps, 'bitmaps').to.equal(0);
      expect(ledger.held.workers, 'workers').to.equal(0);
      expect(document.querySelectorAll('anjuan-provider').length).to.equal(0);
    } finally {
      ledger.restore();
    }
  });
});
