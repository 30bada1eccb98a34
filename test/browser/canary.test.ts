// Law 7 for the elements: what a patient's record says may be on the screen and nowhere else.
import { expect } from 'chai';
import { attributesBelow, storedTexts } from '../support/browser-sinks.js';
import { canary, leaks, type Sink } from '../support/canary.js';
import { canaryArchive, canaryRecordId } from '../support/canary-archive.js';
import { greyPage, mountViewer, nextEvent, type Mounted } from '../support/mount.js';

const logs = ['log', 'info', 'warn', 'error', 'debug'] as const;
const events = [
  'anjuan-request-open',
  'anjuan-record-opened',
  'anjuan-page-shown',
  'anjuan-document-shown',
  'anjuan-zoom-changed',
  'anjuan-error',
];
describe('law 7: the viewer keeps patient data on the screen', () => {
  let sinks: Sink[] = [];
  let mounted: Mounted;
  let archive: ReturnType<typeof canaryArchive>;
  const original = { ...console };

  beforeEach(() => {
    sinks = [];
    for (const name of logs) {
      console[name] = (...args: unknown[]) =>
        void sinks.push({ where: `console.${name}`, text: args.map((arg) => text(arg)).join(' ') });
    }
    archive = canaryArchive({ image: greyPage });
    const telemetry = (event: object) => void sinks.push({ where: 'telemetry', text: JSON.stringify(event) });
    mounted = mountViewer({ transport: archive.transport, telemetry });
    for (const name of events) {
      mounted.viewer.addEventListener(name, (event) =>
        sinks.push({ where: name, text: JSON.stringify((event as CustomEvent).detail) }),
      );
    }
  });
  afterEach(() => {
    Object.assign(console, original);
    mounted.remove();
  });

  function text(value: unknown): string {
    if (value instanceof Error) return `${value.message} ${value.stack ?? ''} ${JSON.stringify(value)}`;
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  }

  it('shows a record and leaves no trace of it', async () => {
    const shown = nextEvent(mounted.viewer, 'anjuan-page-shown');
    mounted.viewer.setAttribute('record-id', canaryRecordId);
    await shown;
    expect(mounted.viewer.shadowRoot?.textContent).to.contain(canary.text, 'the canary is on the screen');
    expect(sinks.map(({ where }) => where)).to.include('anjuan-record-opened');
    expect(leaks([...sinks, ...attributesBelow(document), ...(await storedTexts())])).to.deep.equal([]);
  });

  it('shows a failure that quotes the patient without quoting it', async () => {
    archive.fail(403);
    const failed = nextEvent(mounted.viewer, 'anjuan-error');
    mounted.viewer.setAttribute('record-id', canaryRecordId);
    await failed;
    await mounted.viewer.updateComplete;
    const screen = { where: 'error on the screen', text: mounted.viewer.shadowRoot?.textContent ?? '' };
    expect(screen.text.trim()).not.to.equal('');
    expect(leaks([...sinks, screen, ...attributesBelow(document), ...(await storedTexts())])).to.deep.equal([]);
  });

  it('warns of a bad record id without quoting it', async () => {
    mounted.viewer.setAttribute('record-id', `${canary.name} / ${canary.residentId}`);
    await mounted.viewer.updateComplete;
    expect(leaks(sinks)).to.deep.equal([]);
  });
});
