// Law 7 for signing: ink, PIN, typed names, reasons and the patient's name reach the signed file, and nothing that outlives it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { AnjuanSignaturePad } from '@anjuan/sign';
import { SAMPLE_PIN } from '../examples/services/hospital-pki.js';
import { chromiumFlags, requireChromium } from '../scripts/lib/chromium.mjs';
import { badge, confirm, consent, openConsent, prepare, said } from './examples/support/sign-page.js';
import { people, staff } from './examples/support/ward.js';
import { canary, type Sink } from './support/canary.js';
import { openWatched } from './support/watched-page.js';
import { startWritableHost, type WritableHost } from './support/writable-host.js';

const wrongPin = 'canary-pin-7731';
const typed = canary.name;
const reasons = ['患者知情同意', '医院电子病历专用章'];

/** Everything that may stand nowhere: persons, PIN, typed text, reasons. */
const secrets = (): readonly string[] => [
  ...people().flatMap(({ name, residentId, recordNumber, inpatientNumber }) => [
    name,
    residentId,
    recordNumber,
    inpatientNumber,
  ]),
  wrongPin,
  typed,
  ...reasons,
  '测试医师 甲',
];

function leaksIn(sinks: readonly Sink[], forbidden = secrets()): string[] {
  return sinks.flatMap(({ where, text }) => {
    const found = forbidden.find((secret) => text.includes(secret) || text.includes(encodeURIComponent(secret)));
    return found === undefined ? [] : [`${where} holds ${found}`];
  });
}

/** Before navigation: keeps the details of all events of Anjuan. */
const rememberAll = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    const dispatch = EventTarget.prototype.dispatchEvent;
    EventTarget.prototype.dispatchEvent = function (this: EventTarget, event: Event): boolean {
      if (event.type.startsWith('anjuan-'))
        heard.push(`${event.type} ${JSON.stringify((event as CustomEvent<unknown>).detail)}`);
      return dispatch.call(this, event);
    };
  });
};

describe('law 7: signing leaves no trace of a person', () => {
  let host: WritableHost;
  let browser: Browser;
  before(async () => {
    host = await startWritableHost(staff);
    browser = await chromium.launch({ executablePath: requireChromium(), args: [...chromiumFlags] });
  });
  after(async () => {
    await browser.close();
    await host.close();
  });

  test('in a browser: not in logs, addresses, attributes, storage or events, also when signing fails', async () => {
    const { page, close } = await openWatched(browser, host.origin);
    const sinks: Sink[] = [];
    page.on('console', (message) => sinks.push({ where: 'console', text: message.text() }));
    page.on('pageerror', (error) => sinks.push({ where: 'uncaught', text: `${error.message} ${error.stack ?? ''}` }));
    page.on('request', (request) => sinks.push({ where: 'address', text: decodeURI(request.url()) }));
    await rememberAll(page);
    await openConsent(page, host);
    await prepare(page, { pin: wrongPin });
    await confirm(page);
    await said(page, /密码不正确/);
    await page.locator('#sign-pin').fill(SAMPLE_PIN);
    await confirm(page);
    await badge(page).filter({ hasText: '测试签名有效' }).waitFor({ timeout: 60_000 });
    await badge(page).click();
    await page.locator('#report .verdict').waitFor();
    assert.match(
      await page.locator('#report .signatures').innerText(),
      /测试医师 甲/,
      'the screen does show who signed',
    );
    // A typed signature, on a pad of its own.
    await page.evaluate(async (text) => {
      const pad = document.createElement('anjuan-signature-pad') as AnjuanSignaturePad;
      pad.setAttribute('alternatives', 'typed');
      pad.signerName = text;
      document.querySelector('anjuan-provider')?.append(pad);
      await pad.updateComplete;
      pad.typedText = text;
      await pad.updateComplete;
      pad.confirm();
    }, typed);
    const found = await page.evaluate(async () => {
      const attributes: { where: string; text: string }[] = [];
      // What is spoken is the text of the screen.
      const spoken = /^(aria-|title$|alt$|placeholder$|value$)/;
      const roots: ParentNode[] = [document];
      for (const root of roots) {
        for (const element of root.querySelectorAll('*')) {
          for (const { name, value } of element.attributes) {
            if (element.shadowRoot === null && spoken.test(name)) continue;
            attributes.push({ where: `attribute ${name} of ${element.localName}`, text: value });
          }
          if (element.shadowRoot) roots.push(element.shadowRoot);
        }
      }
      const kept = [localStorage, sessionStorage].flatMap((storage) => Object.entries(storage).flat());
      const databases = (await indexedDB.databases()).map(({ name }) => name ?? '');
      const entries = performance.getEntries().map(({ name }) => name);
      const { heard } = globalThis as unknown as { heard: string[] };
      const named = { event: heard, storage: [...kept, ...databases, document.cookie], performance: entries };
      const address = { where: 'address bar', text: `${location.href} ${document.title}` };
      return [
        address,
        ...attributes,
        ...Object.entries(named).flatMap(([where, texts]) => texts.map((text) => ({ where, text: String(text) }))),
      ];
    });
    sinks.push(...found);
    assert.ok(found.some(({ where, text }) => where === 'event' && text.startsWith('anjuan-ink-changed')));
    assert.ok(sinks.length > 200, 'something was looked at');
    assert.deepEqual(leaksIn(sinks), []);
    await close();
  });

  test('at the services: the PIN goes to the authorization alone, digests and no text of the document elsewhere', () => {
    assert.ok(host.asked.length > 6);
    const pins = host.asked.filter(({ body }) => body.includes(wrongPin) || body.includes(SAMPLE_PIN));
    assert.deepEqual([...new Set(pins.map(({ path }) => path))], ['/pki/staff/csc/v2/credentials/authorize']);
    const rest = host.asked.map(({ path, body }): Sink => ({ where: path, text: `${path} ${body}` }));
    const forbidden = secrets().filter((secret) => secret !== wrongPin);
    assert.deepEqual(leaksIn(rest, forbidden), []);
  });

  test('in the archive: Provenance points at the signatures, AuditEvents at documents; neither repeats a person', async () => {
    const ask = async (path: string): Promise<string> =>
      (await host.house.system.handle(new Request(`http://house.test/fhir/${path}`))).text();
    const evidence = await ask(`Provenance?target=DocumentReference/${consent.documentId}`);
    assert.match(evidence, /byteRange/);
    const audit = await ask('AuditEvent?_count=100');
    assert.match(audit, /AuditEvent/);
    const sinks = [
      { where: 'Provenance', text: evidence },
      { where: 'AuditEvent', text: audit },
    ];
    assert.deepEqual(leaksIn(sinks), []);
  });

  test('a leak would be seen', () => {
    assert.deepEqual(leaksIn([{ where: 'console', text: `refused ${wrongPin}` }]), [`console holds ${wrongPin}`]);
  });
});
