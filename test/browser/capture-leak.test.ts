// Law 6 for capture: an element that leaves the page gives back camera, worker, timers, listeners, pictures.
import '@anjuan/core/define';
import '@anjuan/capture/define';
import { MemoryParts } from '@anjuan/capture/testing';
import { expect } from 'chai';
import { openLedger } from '../support/ledger.js';

const CYCLES = 30;

/** Looks again at each frame. */
async function until(holds: () => boolean, what: string): Promise<void> {
  const endMs = performance.now() + 15_000;
  while (!holds()) {
    if (performance.now() > endMs) throw new Error(`It never came true: ${what}`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

describe('law 6: capture gives everything back', () => {
  it(`leaves nothing after ${CYCLES} times of scanning with a camera`, async function () {
    this.timeout(120_000);
    const ledger = openLedger();
    const tracks: MediaStreamTrack[] = [];
    const ask = navigator.mediaDevices.getUserMedia;
    navigator.mediaDevices.getUserMedia = async function (constraints) {
      const stream = await ask.call(this, constraints);
      tracks.push(...stream.getTracks());
      return stream;
    };
    let pages = 0;

    /** Camera on, picture live, and in every tenth life one page through the real worker. */
    async function scan(life: number): Promise<void> {
      const provider = document.createElement('anjuan-provider');
      provider.setAttribute('assets-url', '/assets/');
      const element = document.createElement('anjuan-capture');
      const { store, outbox } = new MemoryParts();
      Object.assign(element, { store, outbox });
      element.setAttribute('record-id', 'stay-1');
      element.style.height = '600px';
      provider.append(element);
      document.body.append(provider);
      await until(() => element.status === 'open', 'the batch opens');
      const root = element.renderRoot;
      await until(() => root.querySelector('video, [data-widget=turn-on]') !== null, 'camera or its button');
      root.querySelector<HTMLButtonElement>('[data-widget=turn-on]')?.click();
      await until(
        () => root.querySelector('[part~=shutter][data-state=ready][aria-disabled=false]') !== null,
        'the shutter is ready',
      );
      if (life % 10 === 0) {
        await element.capture();
        pages += element.pageCount;
      }
      provider.remove();
    }

    try {
      await scan(0);
      await until(() => ledger.held.workers === 0, 'the worker of the first life ends');
      const once = { ...ledger.held };
      for (let life = 1; life < CYCLES; life += 1) await scan(life);
      expect(pages).to.equal(3);
      expect(tracks).to.have.length.of.at.least(CYCLES);
      await until(() => tracks.every(({ readyState }) => readyState === 'ended'), 'every camera is off');
      await until(() => ledger.held.workers === 0, 'every worker ends');
      await until(() => ledger.held.timers === 0, 'every timer ends');
      await until(() => ledger.held.bitmaps === 0, 'every bitmap is closed');
      expect(ledger.held.listeners, 'listeners on window and document').to.equal(once.listeners);
      expect(ledger.held.objectUrls, 'object URLs').to.equal(0);
      expect(document.querySelectorAll('anjuan-capture').length).to.equal(0);
    } finally {
      navigator.mediaDevices.getUserMedia = ask;
      ledger.restore();
    }
  });
});
