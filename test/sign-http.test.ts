// Wards without https: no WebCrypto, no UKey by WebHID, and the same signatures and verdicts by plain script.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { handlerFetch, openTestPki, pkiHandler, type TestCertificateName, type TestPki } from '@anjuan/fixtures';
import {
  bytesSource,
  httpTimestampAuthority,
  networkRevocation,
  signPdf,
  type SigningDesk,
  type SigningLevel,
  type ValidationReport,
} from '@anjuan/sign';
import { chromiumFlags, requireChromium } from '../scripts/lib/chromium.mjs';
import { keySigner, tableShape } from '@anjuan/sign/testing';
import { badge, confirm, openConsent, prepare } from './examples/support/sign-page.js';
import { staff } from './examples/support/ward.js';
import { openWatched } from './support/watched-page.js';
import { startWritableHost, type WritableHost } from './support/writable-host.js';

const wardName = 'ward.test';

interface Sample {
  readonly name: string;
  readonly verdict: ValidationReport['indication'];
}

/** Signed files of every family, a forged one, one from strangers, one without a signature. */
async function makeSamples(pki: TestPki, folder: string): Promise<readonly Sample[]> {
  const fetch = handlerFetch(pkiHandler(pki));
  const online = {
    timestampAuthority: httpTimestampAuthority({ url: `${pki.baseUrl}/tsa`, fetch }),
    revocation: networkRevocation({ fetch }),
    certificates: pki.roots,
  };
  const samples: Sample[] = [];
  const keep = async (name: string, verdict: Sample['verdict'], bytes: Uint8Array): Promise<void> => {
    await writeFile(join(folder, `${name}.pdf`), bytes);
    samples.push({ name, verdict });
  };
  const sign = async (key: TestCertificateName, level: SigningLevel): Promise<Uint8Array> => {
    const signer = await keySigner(pki.get(key));
    return (await signPdf(bytesSource(tableShape()), { ...online, signer, level })).bytes();
  };
  const rsa = await sign('doctorRsa', 'B-LT');
  await keep('rsa', 'TOTAL_PASSED', rsa);
  await keep('p-256', 'TOTAL_PASSED', await sign('doctorEc', 'B-LTA'));
  await keep('sm2', 'TOTAL_PASSED', await sign('doctorSm2', 'B-LT'));
  await keep('without-proof', 'INDETERMINATE', await sign('doctorEc', 'B-B'));
  await keep('stranger', 'INDETERMINATE', await sign('selfSigned', 'B-B'));
  const forged = rsa.slice();
  forged[60] = (forged[60] ?? 0) ^ 1;
  await keep('forged', 'TOTAL_FAILED', forged);
  return samples;
}

/** What the page says of each file, without times. */
function verdictsIn(page: Page, names: readonly string[], roots: readonly string[]) {
  return page.evaluate(
    async ({ names, roots }) => {
      const bundle = '/anjuan/anjuan-sign.min.js';
      const { openSigningDesk, fixedTrustStore } = (await import(bundle)) as typeof import('@anjuan/sign');
      const { Scope } = (globalThis as unknown as { Anjuan: typeof import('@anjuan/core') }).Anjuan;
      const scope = new Scope();
      const desk: SigningDesk = openSigningDesk({ assetsUrl: '/anjuan/assets/', scope });
      const anchors = roots.map((text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
      const trustStore = fixedTrustStore({ signature: anchors, timestamp: anchors });
      const verdicts = [];
      for (const name of names) {
        const file = await (await fetch(`/files/${name}.pdf`)).blob();
        const { indication, signatures } = await desk.verify(file, { trustStore });
        const checks = signatures.map(({ checks: all }) => all.map(({ id, result }) => `${id} ${result}`));
        verdicts.push({ name, indication, checks });
      }
      scope.dispose();
      return { verdicts, secure: isSecureContext, subtle: typeof crypto.subtle };
    },
    { names, roots },
  );
}

/** The development login answers only on this computer; a hospital has its own. */
async function passLogin(page: Page, origin: string): Promise<void> {
  await page.route('**/dev/**', async (route) => {
    const request = route.request();
    const body = request.postData();
    const answer = await fetch(origin + new URL(request.url()).pathname, {
      method: request.method(),
      headers: { 'content-type': 'application/json' },
      ...(body !== null && { body }),
    });
    await route.fulfill({ status: answer.status, contentType: 'application/json', body: await answer.text() });
  });
}

describe('plain http', () => {
  let host: WritableHost;
  let browser: Browser;
  let folder: string;
  let pki: TestPki;
  let samples: readonly Sample[];
  let plain: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anjuan-http-'));
    await mkdir(join(folder, 'files'));
    pki = await openTestPki({ folder: join(folder, 'pki') });
    samples = await makeSamples(pki, join(folder, 'files'));
    host = await startWritableHost(staff, { policy: { wasm: false }, sites: { '/files/': join(folder, 'files') } });
    plain = host.origin.replace('127.0.0.1', wardName);
    const args = [...chromiumFlags, `--host-resolver-rules=MAP ${wardName} 127.0.0.1`];
    browser = await chromium.launch({ executablePath: requireChromium(), args });
  });
  after(async () => {
    await browser.close();
    await host.close();
    await pki.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('the same verdicts on every file as where the browser has WebCrypto', async () => {
    const names = samples.map(({ name }) => name);
    const roots = pki.roots.map((der) => Buffer.from(der).toString('base64'));
    const found = [];
    for (const origin of [host.origin, plain]) {
      const { page, close } = await openWatched(browser, origin);
      await passLogin(page, host.origin);
      await page.goto(`${origin}/emr/`);
      await page.locator('#stays button').first().waitFor();
      found.push(await verdictsIn(page, names, roots));
      await close();
    }
    const [secure, insecure] = found;
    assert.deepEqual([secure?.secure, secure?.subtle], [true, 'object']);
    assert.deepEqual([insecure?.secure, insecure?.subtle], [false, 'undefined']);
    assert.deepEqual(insecure?.verdicts, secure?.verdicts);
    assert.deepEqual(
      insecure?.verdicts.map(({ name, indication }) => ({ name, verdict: indication })),
      samples,
    );
  });

  test('a consent is drawn, signed by the cloud service, sealed and stored', async () => {
    const { page, problems, close } = await openWatched(browser, plain);
    await passLogin(page, host.origin);
    await openConsent(page, { ...host, origin: plain });
    assert.equal(await page.evaluate(() => isSecureContext), false);
    await prepare(page);
    await confirm(page);
    await page.locator('#sign-said').filter({ hasText: '已签署并存入病案' }).waitFor({ timeout: 60_000 });
    await badge(page).filter({ hasText: '测试签名有效' }).waitFor({ timeout: 60_000 });
    // The browser tells that it ignores a header for secure origins.
    assert.deepEqual(
      problems.filter((problem) => !problem.includes('Cross-Origin-Opener-Policy')),
      [],
    );
    await close();
  });
});
