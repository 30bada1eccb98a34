// What goes wrong while a consent is signed: nothing half signed, nothing lost, said in words.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { SAMPLE_PIN } from '../../examples/services/hospital-pki.js';
import { chromiumFlags, requireChromium } from '../../scripts/lib/chromium.mjs';
import { openWatched } from '../support/watched-page.js';
import { startWritableHost, type WritableHost } from '../support/writable-host.js';
import { badge, confirm, consent, openConsent, prepare, said, signings, strokes } from './support/sign-page.js';
import { staff } from './support/ward.js';

const unavailable = () => new Response(null, { status: 503 });
const versionsOf = async ({ house }: WritableHost): Promise<number> => {
  const path = `http://house.test/fhir/DocumentReference/${consent.documentId}/_history`;
  const answer = await house.system.handle(new Request(path));
  return ((await answer.json()) as { readonly entry: readonly unknown[] }).entry.length;
};

/** The document as somebody else saves it anew. */
async function changeElsewhere({ house }: WritableHost): Promise<void> {
  const url = `http://house.test/fhir/DocumentReference/${consent.documentId}`;
  const answer = await house.system.handle(new Request(url));
  const resource = (await answer.json()) as { readonly content: readonly { readonly attachment: object }[] };
  const title = '手术知情同意书（修订）';
  const content = resource.content.map(({ attachment, ...rest }) => ({
    ...rest,
    attachment: { ...attachment, title },
  }));
  const headers = { 'content-type': 'application/fhir+json', 'if-match': answer.headers.get('etag') ?? '' };
  const body = JSON.stringify({ ...resource, content, description: title });
  const saved = await house.system.handle(new Request(url, { method: 'PUT', headers, body }));
  assert.equal(saved.status, 200, await saved.text());
}

describe('trouble while signing', () => {
  let host: WritableHost;
  let browser: Browser;
  let page: Page;
  before(async () => {
    host = await startWritableHost(staff);
    browser = await chromium.launch({ executablePath: requireChromium(), args: [...chromiumFlags] });
    ({ page } = await openWatched(browser, host.origin));
    await openConsent(page, host);
  });
  after(async () => {
    await browser.close();
    await host.close();
  });

  test('a time stamp service or status service that is down is named; ink and PIN stay for another try', async () => {
    await prepare(page);
    host.disturb = (path) => (path.startsWith('/pki/tsa') ? unavailable() : undefined);
    await confirm(page);
    await said(page, /时间戳服务没有回应。请稍后重试。 没有签署任何内容，笔迹仍在。/);
    host.disturb = (path) => (path.startsWith('/pki/relay') ? unavailable() : undefined);
    await confirm(page);
    await said(page, /无法查询证书是否被吊销。请稍后重试。 没有签署任何内容/);
    host.disturb = (path) => (path.startsWith('/pki/staff') ? unavailable() : undefined);
    await confirm(page);
    await said(page, /无法连接签名服务/);
    assert.equal(await strokes(page), 1);
    assert.equal(await page.locator('#sign-pin').inputValue(), SAMPLE_PIN);
    assert.equal(await versionsOf(host), 1);
  });

  test('stopping in the middle leaves nothing signed and the ink where it is', async () => {
    let heard: (() => void) | undefined;
    const waiting = new Promise<void>((resolve) => (heard = resolve));
    host.disturb = (path) => {
      if (!path.startsWith('/pki/tsa')) return undefined;
      heard?.();
      return new Promise<never>(() => undefined);
    };
    await confirm(page);
    await waiting;
    assert.equal(await page.locator('#sign-panel').getAttribute('aria-busy'), 'true');
    assert.equal(await page.locator('#sign-confirm').isDisabled(), true);
    await page.locator('#sign-cancel').filter({ hasText: '停止签署' }).click();
    await said(page, /已停止。没有签署任何内容/);
    host.disturb = undefined;
    assert.deepEqual([await strokes(page), await versionsOf(host)], [1, 1]);
  });

  test('another patient in between: the ink waits, and nothing is signed for the wrong one', async () => {
    await page.locator('#stays button').nth(1).click();
    await said(page, /不是要签署的文书/);
    assert.equal(await page.locator('#sign-confirm').isDisabled(), true);
    await page.locator('#sign-return').click();
    await page.locator('#sign-return').waitFor({ state: 'hidden' });
    await page.locator('#stays button').first().and(page.locator('[aria-current="true"]')).waitFor();
    assert.equal(await strokes(page), 1);
    assert.equal(await page.locator('#sign-confirm').isEnabled(), true);
  });

  test('the browser asks before it throws ink away', async () => {
    const asked = page.waitForEvent('dialog');
    const left = page.close({ runBeforeUnload: true });
    const dialog = await asked;
    assert.equal(dialog.type(), 'beforeunload');
    await dialog.dismiss();
    await left;
    assert.equal(await strokes(page), 1);
  });

  test('a worker that the computer blocks, tools that do not arrive: words, not silence', async () => {
    const other = await openWatched(browser, host.origin);
    await other.page.route(/sign\.worker\.js/, (route) => route.abort());
    await openConsent(other.page, host);
    await prepare(other.page);
    await confirm(other.page);
    await said(other.page, /签署组件未能启动。请取消后刷新页面再签；仍不行请联系信息科。 没有签署任何内容/);
    await other.close();
    const third = await openWatched(browser, host.origin);
    await third.page.route(/anjuan-sign-tools/, (route) => route.abort());
    await openConsent(third.page, host);
    await prepare(third.page);
    await confirm(third.page);
    await said(third.page, /签署组件没有取到。请检查网络后重试/);
    await third.close();
  });

  test('a document that somebody changed meanwhile is not signed; the new version is offered', async () => {
    const before = signings(host, 'staff');
    await changeElsewhere(host);
    await confirm(page);
    await said(page, /已被他人更新/);
    assert.equal(signings(host, 'staff'), before);
    await page.locator('#sign-confirm').filter({ hasText: '打开新版本' }).click();
    await page.locator('anjuan-viewer').getByText('手术知情同意书（修订）').first().waitFor();
    await page.locator('#sign').waitFor();
    assert.equal(await page.locator('#sign-panel').isVisible(), false);
  });

  test('the network lost between signing and storing: the same file is stored, nothing is signed twice', async () => {
    await prepare(page);
    const before = [signings(host, 'staff'), signings(host, 'hospital')];
    await page.route('**/fhir/Binary', (route) => route.abort());
    await page.locator('#sign-confirm').dblclick();
    await said(page, /已签署，但还没有存入病案/);
    await page.locator('#sign-cancel').click();
    await said(page, /需要患者重新签名/);
    await page.unroute('**/fhir/Binary');
    await page.locator('#sign-confirm').filter({ hasText: '重新保存' }).click();
    await page.locator('#sign-said').filter({ hasText: '已签署并存入病案' }).waitFor();
    assert.deepEqual(
      [signings(host, 'staff'), signings(host, 'hospital')],
      before.map((count) => count + 1),
    );
    await badge(page).filter({ hasText: '测试签名有效' }).waitFor({ timeout: 60_000 });
    assert.equal(await versionsOf(host), 3);
  });

  test('a key that is locked says who unlocks it', async () => {
    await page.locator('#sign').filter({ hasText: '谈话医师签署' }).waitFor();
    for (const words of [/密码不正确/, /密码不正确/, /密钥已被锁定。请联系证书机构解锁/]) {
      if (await page.locator('#sign-panel').isHidden()) await prepare(page, { pin: '000000' });
      else await page.locator('#sign-pin').fill('000000');
      await confirm(page);
      await said(page, words);
      assert.equal(await page.locator('#sign-pin').inputValue(), '');
    }
    assert.equal(await strokes(page), 1);
  });
});
