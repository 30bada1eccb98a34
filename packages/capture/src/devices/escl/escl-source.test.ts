import { ManualClock } from '@anjuan/core/testing';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, deliveredBy } from '../../../test-support/typed-failure.js';
import { EsclSimulator } from '../../testing/escl-simulator/escl-simulator.js';
import { bytesAnswer, fetchOf } from '../../testing/vendor-simulators/http-simulator.js';
import { createEsclSource } from './escl-source.js';
import { jobUrl } from './job-url.js';
import type { EsclSettings } from './scan-settings.js';

const BASE = 'http://proxy.test/eSCL';

function setUp(settings?: EsclSettings) {
  const scanner = new EsclSimulator();
  const clock = new ManualClock();
  const requests: string[] = [];
  const send = fetchOf(scanner);
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    requests.push(`${init.method ?? ''} ${url}`);
    return send(url, init);
  };
  const source = createEsclSource({ scanners: [{ baseUrl: BASE }], fetch, clock, ...(settings && { settings }) });
  const scan = async (input: string) => clock.settle(deliveredBy((await source.open(`escl:0:${input}`)).capture()));
  return { scanner, clock, source, requests, scan };
}

test('lists the inputs of each scanner, the feeder first, under the name it gives itself', async () => {
  const { source } = setUp();
  const devices = await source.list();
  assert.deepEqual(
    devices.map(({ deviceId, input, preferred }) => [deviceId, input, preferred]),
    [
      ['escl:0:feeder', 'feeder', true],
      ['escl:0:feeder-duplex', 'feeder-duplex', false],
      ['escl:0:platen', 'platen', false],
    ],
  );
  assert.equal(devices[0]?.label, 'Simulated & Sons MFP');
});

test('one scanner that is off does not hide the others; all off is an error', async () => {
  const scanner = new EsclSimulator();
  const off = new EsclSimulator();
  off.running = false;
  const byHost: Readonly<Record<string, EsclSimulator>> = { a: off, b: scanner };
  const source = createEsclSource({
    scanners: [{ baseUrl: 'http://a/eSCL' }, { baseUrl: 'http://b/eSCL', label: 'Ward 3' }],
    fetch: (url, init) => fetchOf(byHost[new URL(url).hostname] ?? off)(url, init),
    clock: new ManualClock(),
  });
  assert.deepEqual([...new Set((await source.list()).map(({ label }) => label))], ['Ward 3']);
  scanner.running = false;
  assert.equal(await codeOf(source.list()), 'device-not-found');
});

test('asks for paper, colour and resolution as wished and as the scanner can', async () => {
  const gray = setUp({ color: 'gray', dpi: 200, paper: 'letter' });
  assert.equal((await gray.scan('feeder-duplex')).sizes.length, 3);
  const [job = ''] = gray.scanner.jobs;
  for (const part of [
    '<pwg:Version>2.63</pwg:Version>',
    '<pwg:InputSource>Feeder</pwg:InputSource><scan:Duplex>true</scan:Duplex>',
    '<scan:ColorMode>Grayscale8</scan:ColorMode>',
    '<scan:XResolution>200</scan:XResolution>',
    '<pwg:Height>3300</pwg:Height>',
    '<pwg:Width>2550</pwg:Width>',
    '<pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>',
  ]) {
    assert.ok(job.includes(part), part);
  }
  const glass = setUp();
  const session = await glass.source.open('escl:0:platen');
  assert.deepEqual([session.widthPx, session.heightPx, session.preview.kind], [2480, 3508, 'none']);
  const pictures = [];
  for await (const picture of session.capture()) pictures.push(picture);
  assert.deepEqual(
    pictures.map(({ dpi }) => dpi),
    [300],
  );
  assert.ok(!glass.scanner.jobs[0]?.includes('Duplex'));
});

test('tries again while the scanner is busy, and gives up in the end', async () => {
  const patient = setUp();
  patient.scanner.busy.jobs = 9;
  patient.scanner.busy.pages = 29;
  assert.deepEqual((await patient.scan('feeder')).sizes.length, 3);
  const busy = setUp();
  busy.scanner.busy.jobs = 10;
  assert.equal((await busy.scan('feeder')).code, 'scanner-busy');
  assert.equal(busy.requests.filter((request) => request === `POST ${BASE}/ScanJobs`).length, 10);
  const slow = setUp();
  slow.scanner.busy.pages = 30;
  assert.equal((await slow.scan('feeder')).code, 'scanner-busy');
  assert.equal(slow.scanner.cancelled, 1, 'the job is not left behind');
});

test('says what keeps the feeder from working', async () => {
  for (const [state, expected] of [
    ['ScannerAdfEmpty', 'scanner-empty'],
    ['ScannerAdfJam', 'scanner-jam'],
    ['ScannerAdfMispick', 'scanner-jam'],
    ['ScannerAdfHatchOpen', 'scanner-open'],
    ['ScannerAdfDoorOpen', 'scanner-open'],
  ] as const) {
    const { scanner, scan } = setUp();
    scanner.adf = state;
    assert.deepEqual(await scan('feeder'), { sizes: [], code: expected });
    assert.equal((await scan('platen')).sizes.length, 1, 'the glass works on');
  }
  const { scanner, scan } = setUp();
  scanner.state = 'Stopped';
  assert.equal((await scan('platen')).code, 'scanner-failed');
});

test('paper that gets stuck: the pages before it are delivered, then the reason comes', async () => {
  const { scanner, scan } = setUp();
  scanner.sheets = 5;
  scanner.jamAfter = 2;
  const { sizes, code } = await scan('feeder');
  assert.deepEqual([sizes.length, code], [2, 'scanner-jam']);
});

test('a connection that breaks in the middle of a page: whole pages only, the job is cancelled', async () => {
  const { scanner, scan } = setUp();
  scanner.breakAt = 2;
  const { sizes, code } = await scan('feeder');
  assert.deepEqual([sizes.length, code], [1, 'device-lost']);
  assert.equal(scanner.cancelled, 1);
});

test('abort and leaving early cancel the job at the scanner', async () => {
  const { scanner, source, requests } = setUp();
  const session = await source.open('escl:0:feeder');
  for await (const _ of session.capture()) break;
  assert.equal(scanner.cancelled, 1);
  const controller = new AbortController();
  const codes: (string | undefined)[] = [];
  try {
    for await (const _ of session.capture({ signal: controller.signal })) controller.abort();
  } catch (error) {
    codes.push((error as { code?: string }).code);
  }
  assert.deepEqual([codes, scanner.cancelled], [['aborted'], 2]);
  assert.equal(requests.filter((request) => request.startsWith('DELETE')).length, 2);
});

test('any Location leads to the job below the proxy and nowhere else', async () => {
  for (const location of [
    'http://192.0.2.10:80/eSCL/ScanJobs/7',
    'http://[fe80/eSCL/ScanJobs/7',
    '/eSCL/ScanJobs/7/',
    'ScanJobs/7',
    'https://elsewhere.test/eSCL/ScanJobs/7?x#y',
  ]) {
    assert.equal(jobUrl(BASE, location), `${BASE}/ScanJobs/7`, location);
  }
  for (const location of ['', '/', '/eSCL/ScanJobs/..', '/eSCL/ScanJobs/a b', '/eSCL/ScanJobs/%0d\n']) {
    assert.throws(() => jobUrl(BASE, location), { code: 'device-protocol' }, location);
  }
  const { scanner, scan } = setUp();
  scanner.location = (path) => `http://[fe80::1${path}`;
  assert.equal((await scan('feeder')).sizes.length, 3);
});

test('a scanner that says nothing, answers nonsense or is not behind the proxy', async () => {
  const silent = setUp();
  silent.scanner.silent = true;
  assert.equal(await silent.clock.settle(codeOf(silent.source.list())), 'device-timeout');
  const nonsense = setUp();
  nonsense.scanner.wrong.push(bytesAnswer(new TextEncoder().encode('<html>'), 'text/html'));
  assert.equal(await codeOf(nonsense.source.list()), 'device-protocol');
  const gone = setUp();
  gone.scanner.wrong.push(bytesAnswer(new Uint8Array(0), 'text/plain', 502));
  assert.equal(await codeOf(gone.source.list()), 'device-not-found');
});
