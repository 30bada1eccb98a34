// Law 7 on the hospital screen: no patient's name or number in anything that outlives or leaves the screen.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Host } from '../support/host.js';
import { shownPage } from '../support/record-probe.js';
import { launchChromium } from '../support/watched-page.js';
import { mixed, people, showDocument, signInAs, startWard, visit, wardPath } from './support/ward.js';

interface Sink {
  readonly where: string;
  readonly text: string;
}

/** Everything of the tab that a log, a proxy, another script or the next user could read. */
function sinksOf(page: Page): Promise<Sink[]> {
  return page.evaluate(async () => {
    const stored = [localStorage, sessionStorage].flatMap((storage) => Object.entries(storage).flat());
    const databases = (await indexedDB.databases()).map(({ name }) => name ?? '');
    const caches = 'caches' in globalThis ? await globalThis.caches.keys() : [];
    const entries = performance.getEntries().map(({ name }) => name);
    const attributes = [...document.querySelectorAll('*')].flatMap((node) =>
      [...node.attributes].map(({ name, value }) => ({ where: `<${node.localName} ${name}>`, text: value })),
    );
    const events = JSON.stringify((globalThis as unknown as { heardEvents: unknown }).heardEvents);
    const named = { address: [location.href], title: [document.title], storage: stored, databases, caches };
    return [
      ...Object.entries({ ...named, performance: entries, events: [events] }).flatMap(([where, texts]) =>
        texts.map((text) => ({ where, text: String(text) })),
      ),
      ...attributes,
    ];
  });
}

function leaksIn(sinks: readonly Sink[]): string[] {
  const needles = people().flatMap((person, index) =>
    Object.entries(person).flatMap(([kind, value]: [string, string]) =>
      [value, encodeURIComponent(value)].map((needle) => ({ needle, what: `${kind} of person ${index + 1}` })),
    ),
  );
  return sinks.flatMap(({ where, text }) => {
    const found = needles.find(({ needle }) => text.includes(needle));
    return found ? [`${where} holds the ${found.what}`] : [];
  });
}

describe('law 7: the hospital screen leaves no trace of a patient', () => {
  let host: Host;
  let browser: Browser;
  before(async () => {
    host = await startWard();
    browser = await launchChromium();
  });
  after(async () => {
    await browser.close();
    await host.close();
  });

  test('reading, searching by name, and changing users', () =>
    visit({ browser, host, path: '/plain/' }, async ({ page }) => {
      const heard: Sink[] = [];
      page.on('console', (message) => heard.push({ where: 'console', text: message.text() }));
      page.on('request', (request) => heard.push({ where: 'request', text: request.url() }));
      await page.goto(host.origin + wardPath());
      await shownPage(page);
      await showDocument(page, `${mixed.recordId}-lab-blood-count`);
      await page
        .locator('anjuan-search-box input')
        .first()
        .fill(people()[0]?.name ?? '');
      await page.locator('anjuan-search-box [role="option"]').first().waitFor();
      heard.push(...(await sinksOf(page)));
      await page.keyboard.press('Escape');
      await signInAs(page, 'clerk');
      await signInAs(page, 'patient');
      heard.push(...(await sinksOf(page)));
      const shown = await page.locator('#banner').innerText();
      assert.ok(
        people().some(({ name }) => shown.includes(name)),
        'the screen itself does show the patient',
      );
      assert.ok(heard.length > 100, 'something was looked at');
      assert.deepEqual(leaksIn(heard), []);
    }));

  test('a leak would be seen', () => {
    const [person] = people();
    const text = `/fhir/Patient?name=${encodeURIComponent(person?.name ?? '')}`;
    assert.deepEqual(leaksIn([{ where: 'request', text }]), ['request holds the name of person 1']);
  });
});
