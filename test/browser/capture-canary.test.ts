// Law 7 for capture: titles, barcodes and cards reach the archive and the caller, and leave no other trace.
import '@anjuan/core/define';
import '@anjuan/capture/define';
import { createSamReader, findSeparator, type AnjuanCapture, type IdCard } from '@anjuan/capture';
import { SamSimulator, SamWire, StubSource, textBlock } from '@anjuan/capture/testing';
import type { ArchiveClient, Transport } from '@anjuan/core';
import { openCaptureStore } from '@anjuan/core/outbox';
import { expect } from 'chai';
import { encode } from 'uqr';
import { attributesBelow, storedKeys, storedTexts } from '../support/browser-sinks.js';
import { canary, leaks, type Sink } from '../support/canary.js';
import { sampleArchive } from '../support/sample-archive.js';

const logs = ['log', 'info', 'warn', 'error', 'debug'] as const;
const events = [
  'anjuan-request-capture',
  'anjuan-request-submit',
  'anjuan-page-captured',
  'anjuan-page-ready',
  'anjuan-page-uploaded',
  'anjuan-batch-submitted',
  'anjuan-error',
];
const title = `${canary.name} ${canary.text}`;

/** A page with a barcode of the record number and a QR code with the name. */
async function canaryPage(): Promise<Blob> {
  const canvas = new OffscreenCanvas(1240, 1754);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#fdfdf8';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#111111';
  context.font = '40px sans-serif';
  for (let line = 0; line < 20; line += 1) context.fillText('本页为测试内容 '.repeat(4), 120, 620 + line * 50);
  const { data, size } = encode(`${canary.recordNumber} ${canary.name}`, { ecc: 'M', border: 0 });
  const module = 400 / size;
  data.forEach((row, y) =>
    row.forEach((black, x) => {
      if (black) context.fillRect(120 + x * module, 120 + y * module, module + 0.5, module + 0.5);
    }),
  );
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
}

/** Answers of a broken gateway that repeats what it was told about the patient. */
function quoting(status: number): Response {
  const diagnostics = `${canary.name} ${canary.residentId}: ${canary.text}`;
  const issue = [{ severity: 'error', code: 'processing', diagnostics, details: { text: canary.name } }];
  const headers = { 'content-type': 'application/fhir+json' };
  return new Response(JSON.stringify({ resourceType: 'OperationOutcome', issue }), { status, headers });
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const endMs = performance.now() + 15_000;
  while (!holds()) {
    if (performance.now() > endMs) throw new Error(`It never came true: ${what}`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

describe('law 7: capture keeps patient data in the picture, the archive and the hands of who asked', () => {
  let sinks: Sink[] = [];
  let sent: string[] = [];
  let refuse: number | undefined;
  let remove = (): void => undefined;
  const consoles = { ...console };
  const post = BroadcastChannel.prototype.postMessage;

  beforeEach(() => {
    sinks = [];
    sent = [];
    refuse = undefined;
    for (const name of logs) {
      console[name] = (...args: unknown[]) =>
        void sinks.push({ where: `console.${name}`, text: args.map((arg) => text(arg)).join(' ') });
    }
    BroadcastChannel.prototype.postMessage = function (message) {
      sinks.push({ where: `channel ${this.name}`, text: JSON.stringify(message) });
      post.call(this, message);
    };
  });
  afterEach(() => {
    Object.assign(console, consoles);
    BroadcastChannel.prototype.postMessage = post;
    remove();
  });

  function text(value: unknown): string {
    if (value instanceof Error) return `${value.message} ${value.stack ?? ''} ${JSON.stringify(value)}`;
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  }

  async function mount(name: string): Promise<{ readonly element: AnjuanCapture; readonly source: StubSource }> {
    const archive = sampleArchive();
    const transport: Transport = async (request) => {
      sinks.push({ where: 'request address', text: `${request.method} ${decodeURI(request.url)}` });
      sinks.push({ where: 'request headers', text: JSON.stringify([...request.headers]) });
      if (refuse !== undefined && request.method === 'POST') return quoting(refuse);
      if (request.method === 'POST') sent.push(await request.clone().text());
      return archive(request);
    };
    const provider = document.createElement('anjuan-provider');
    const telemetry = (event: object): void => void sinks.push({ where: 'telemetry', text: JSON.stringify(event) });
    Object.assign(provider, { transport, telemetry, getToken: () => 'token' });
    provider.setAttribute('base-url', '/fhir');
    provider.setAttribute('assets-url', '/assets/');
    const element = document.createElement('anjuan-capture');
    const source = new StubSource();
    const store = await openCaptureStore({ name });
    Object.assign(element, { sources: [source], store });
    element.setAttribute('mode', 'batch');
    element.style.height = '700px';
    element.style.display = 'block';
    for (const type of events) {
      element.addEventListener(type, (event) =>
        sinks.push({ where: type, text: JSON.stringify((event as CustomEvent).detail) }),
      );
    }
    remove = () => {
      provider.remove();
      store.close();
    };
    provider.append(element);
    document.body.append(provider);
    await until(() => (provider as { connectedClient?: ArchiveClient }).connectedClient !== undefined, 'a client');
    element.recordId = 'small-empty';
    await until(() => element.status === 'open', 'the batch opens');
    return { element, source };
  }

  async function scanOne(element: AnjuanCapture, source: StubSource): Promise<void> {
    source.pictures = [await canaryPage()];
    await until(
      () => element.renderRoot.querySelector('[part~=shutter][data-state=ready][aria-disabled=false]') !== null,
      'ready',
    );
    const ready = new Promise((resolve) => element.addEventListener('anjuan-page-ready', resolve, { once: true }));
    await element.capture();
    await ready;
    element.renderRoot
      .querySelector('[data-widget=stage]')
      ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'F2', bubbles: true, composed: true }));
    await element.updateComplete;
    for (const [field, value] of Object.entries({ type: 'C0026', title })) {
      const input = element.renderRoot.querySelector<HTMLInputElement | HTMLSelectElement>(`[data-field=${field}]`);
      if (!input) throw new Error(`no field ${field}`);
      input.value = value;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }
    await until(() => (element.renderRoot.textContent ?? '').includes(canary.name), 'the title is on the screen');
    element.renderRoot.querySelector<HTMLElement>('[data-widget=documents-done]')?.click();
  }

  it('scans a page with barcode and title into the archive', async () => {
    const { element, source } = await mount('capture-canary');
    await scanOne(element, source);
    const screen = attributesBelow(document);
    const keys = await storedKeys('capture-canary');
    await element.submit();
    await until(() => element.status === 'submitted', 'the archive took it');
    expect(sent.join(' '), 'the title went to the archive').to.contain(canary.name);
    expect(sinks.map(({ where }) => where)).to.include.members(['anjuan-batch-submitted', 'telemetry']);
    const receipt = { where: 'receipt', text: JSON.stringify([element.receipt, element.value]) };
    const locks = { where: 'locks', text: JSON.stringify(await navigator.locks.query()) };
    const after = [...attributesBelow(document), ...(await storedKeys('capture-canary')), ...(await storedTexts())];
    expect(keys.length).to.be.greaterThan(3);
    expect(leaks([...sinks, ...screen, ...keys, ...after, receipt, locks])).to.deep.equal([]);
  });

  it('fails on a gateway that quotes the patient without quoting', async () => {
    const { element, source } = await mount('capture-canary-failing');
    await scanOne(element, source);
    refuse = 422;
    await element.submit();
    await until(() => sinks.some(({ where }) => where === 'anjuan-error'), 'the failure is reported');
    expect(
      leaks([...sinks, ...attributesBelow(document), ...(await storedKeys('capture-canary-failing'))]),
    ).to.deep.equal([]);
  });

  it('reads an identity card for who asks, and keeps nothing of it', async () => {
    const module = new SamSimulator();
    const block = textBlock([
      [0, 30, canary.name],
      [30, 2, '2'],
      [32, 4, '01'],
      [36, 16, '19800101'],
      [52, 70, canary.text],
      [122, 36, canary.residentId],
      [158, 30, '示例市公安局'],
      [188, 16, '20150630'],
      [204, 16, '长期'],
    ]);
    module.placeCard({ card: {} as IdCard, text: block });
    const wire = new SamWire(module);
    const reader = createSamReader({ transport: wire, locks: 'none' });
    const { element } = await mount('capture-canary-card');
    element.readers = [reader];
    const card = await element.readIdCard();
    expect([card.name, card.number, card.address]).to.deep.equal([canary.name, canary.residentId, canary.text]);
    module.removeCard();
    const failure = await element.readIdCard({ timeoutMs: 300 }).catch((error: unknown) => error);
    sinks.push({ where: 'error of the reader', text: text(failure) });
    await reader.close();
    expect(
      wire.delivered.every((bytes) => bytes.every((byte) => byte === 0)),
      'bytes are overwritten',
    ).to.equal(true);
    const screen = { where: 'screen', text: element.shadowRoot?.textContent ?? '' };
    const kept = [...attributesBelow(document), ...(await storedKeys('capture-canary-card')), ...(await storedTexts())];
    expect(leaks([...sinks, screen, ...kept])).to.deep.equal([]);
  });

  it('takes no barcode of a patient for a separator', () => {
    expect(findSeparator([{ text: canary.recordNumber }, { text: canary.name }])).to.equal(undefined);
  });
});
