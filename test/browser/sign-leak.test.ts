// Law 6 for signing: pad, report and signing desk give back workers, timers, listeners and addresses.
import '@anjuan/core/define';
import '@anjuan/sign/define';
import { Scope } from '@anjuan/core';
import { fixedTrustStore, openSigningDesk } from '@anjuan/sign';
import { expect } from 'chai';
import { sampleReports, tableShape } from '@anjuan/sign/testing';
import { openLedger } from '../support/ledger.js';

const CYCLES = 100;

/** Looks again at each frame. */
async function until(holds: () => boolean, what: string): Promise<void> {
  const endMs = performance.now() + 15_000;
  while (!holds()) {
    if (performance.now() > endMs) throw new Error(`It never came true: ${what}`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

function stroke(paper: Element): void {
  const at = { pointerId: 1, pointerType: 'pen', bubbles: true, composed: true, isPrimary: true, pressure: 0.5 };
  const { left, top } = paper.getBoundingClientRect();
  const send = (type: string, step: number): void => {
    const place = {
      clientX: left + 20 + step * 8,
      clientY: top + 20 + step * 4,
      buttons: type === 'pointerup' ? 0 : 1,
    };
    paper.dispatchEvent(new PointerEvent(type, { ...at, ...place }));
  };
  send('pointerdown', 0);
  for (let step = 1; step < 6; step += 1) send('pointermove', step);
  send('pointerup', 6);
}

/** One life on the page: a pad that is written on, a report that is shown and saved. */
async function live(): Promise<void> {
  const provider = document.createElement('anjuan-provider');
  const pad = document.createElement('anjuan-signature-pad');
  const report = document.createElement('anjuan-signature-report');
  report.report = sampleReports.failed;
  provider.append(pad, report);
  document.body.append(provider);
  await Promise.all([pad.updateComplete, report.updateComplete]);
  const paper = pad.shadowRoot?.querySelector('[part~=paper]');
  if (paper) stroke(paper);
  expect(pad.strokeCount).to.equal(1);
  await pad.updateComplete;
  provider.remove();
}

describe('law 6: signing gives everything back', () => {
  it(`leaves nothing after ${CYCLES} times of pad and report`, async function () {
    this.timeout(60_000);
    const ledger = openLedger();
    try {
      await live();
      await until(() => ledger.held.timers === 0, 'timers of the first life end');
      const before = { ...ledger.held, bitmaps: ledger.held.bitmaps };
      const elements = document.querySelectorAll('*').length;
      for (let cycle = 0; cycle < CYCLES; cycle += 1) await live();
      await until(() => ledger.held.timers <= before.timers, 'timers end');
      expect({ ...ledger.held, bitmaps: ledger.held.bitmaps }).to.deep.equal(before);
      expect(document.querySelectorAll('*').length).to.equal(elements);
    } finally {
      ledger.restore();
    }
  });

  it('leaves nothing when a desk is opened, used and closed', async function () {
    this.timeout(60_000);
    const ledger = openLedger();
    try {
      const before = { ...ledger.held, bitmaps: 0 };
      for (let cycle = 0; cycle < 5; cycle += 1) {
        const scope = new Scope();
        const desk = openSigningDesk({ assetsUrl: '/assets/', scope });
        const file = new Blob([tableShape()], { type: 'application/pdf' });
        const { signatures } = await desk.verify(file, { trustStore: fixedTrustStore({ signature: [] }) });
        expect(signatures).to.have.length(0);
        expect(ledger.held.workers).to.equal(1);
        scope.dispose();
        expect(ledger.held.workers).to.equal(0);
      }
      await until(() => ledger.held.timers <= before.timers, 'timers end');
      expect({ ...ledger.held, bitmaps: ledger.held.bitmaps }).to.deep.equal(before);
    } finally {
      ledger.restore();
    }
  });
});
