// Law 6: whatever a record acquires is given back when it closes.
import { expect } from 'chai';
import { canaryArchive, canaryRecordId } from '../support/canary-archive.js';
import { openLedger } from '../support/ledger.js';
import { greyPage, mountViewer, nextEvent } from '../support/mount.js';

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
