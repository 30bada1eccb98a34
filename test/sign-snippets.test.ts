// The snippets of docs/sign.md, as printed: on pages under the policy that the page prints, and in Node, with a local test
// authority and simulators in place of services and devices.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { handlerFetch, manyPagesPdf, openTestPki, type TestCertificateName } from '@anjuan/fixtures';
import type { SignedPdf, Signer, ValidationReport } from '@anjuan/sign';
import { buildSeal, buildSesSignature } from '@anjuan/sign/gm';
import { openSoftwareKey, UkeySimulator } from '@anjuan/sign/testing';
import { openHospitalPki, SAMPLE_PIN } from '../examples/services/hospital-pki.js';
import { chromiumFlags, requireChromium } from '../scripts/lib/chromium.mjs';
import { workspaceBuild } from '../scripts/lib/workspace-build.mjs';
import { root } from '../scripts/lib/run.mjs';
import { staff } from './examples/support/ward.js';
import type { Host } from './support/host.js';
import { rememberEvents, shownPage } from './support/record-probe.js';
import { openWatched } from './support/watched-page.js';
import { startWritableHost } from './support/writable-host.js';

const work = join(root, '.cache/sign-snippets');
const guide = readFileSync(join(root, 'docs/sign.md'), 'utf8');
const record = { recordId: 'small-consent', documentId: 'small-consent-consent-unsigned' } as const;
const consentFile = join(root, 'fixtures/records/small', record.recordId, `${record.documentId}.pdf`);

/** The fenced block whose info string is exactly this. */
function block(text: string, info: string): string {
  const found = new RegExp(`\`\`\`${info}\\n([\\s\\S]*?)\\n\`\`\``).exec(text)?.[1];
  assert.ok(found, `there is a block \`\`\`${info}`);
  return found;
}

/** A block of the guide with its placeholders filled in. */
const snippet = (info: string): string =>
  block(guide, info).replaceAll('RECORD-ID', record.recordId).replaceAll('DOCUMENT-ID', record.documentId);

const pageSnippets = ['ink', 'tablet', 'desk', 'sign', 'watch'];
const nodeSnippets = [
  ...['services', 'levels', 'order', 'batch', 'ukey', 'dual', 'seal', 'cross-page', 'verify', 'renew', 'testing'],
];

test('every block of code in the guide is run here', () => {
  const printed = [...guide.matchAll(/^```(js|html|csp) ([\w-]+)$/gm)].map(([, , name]) => name);
  const run = [...pageSnippets, ...nodeSnippets, 'pad', 'npm', 'policy'];
  // `desk` is a page and its script.
  assert.deepEqual([...new Set(printed)].sort(), run.sort());
  assert.doesNotMatch(guide, /^```(js|ts|html|css|sh)$/m, 'no block without a name');
});

describe('snippets of the signing guide, on pages', () => {
  let host: Host;
  let browser: Browser;

  before(async () => {
    rmSync(join(work, 'pages'), { recursive: true, force: true });
    mkdirSync(join(work, 'pages'), { recursive: true });
    for (const name of pageSnippets) writeFileSync(join(work, 'pages', `${name}.js`), snippet(`js ${name}`));
    writeFileSync(join(work, 'pages/login.js'), login);
    writeFileSync(join(work, 'pages/page.css'), 'anjuan-viewer { height: 60vh; } form { width: 480px; }\n');
    host = await startWritableHost(staff, { sites: { '/guide/': join(work, 'pages') } });
    browser = await chromium.launch({ executablePath: requireChromium(), args: [...chromiumFlags] });
  });
  after(async () => {
    await browser.close();
    await host.close();
  });

  /** A page of snippets under the policy that the guide prints; nothing may go wrong on it. */
  async function visit(
    name: string,
    options: {
      readonly html: string;
      readonly scripts: readonly string[];
      readonly pad?: string;
      readonly prepare?: string;
    },
    run: (page: Page) => Promise<void>,
  ): Promise<void> {
    const { html, scripts, pad = snippet('html pad'), prepare = '' } = options;
    const tags = scripts.map((script) => `<script type="module" src="${script}.js"></script>`).join('');
    const head = '<meta charset="utf-8"><link rel="icon" href="data:,"><link rel="stylesheet" href="page.css">';
    const whole = `<!doctype html><html lang="zh-CN"><title>${name}</title>${head}${pad}${html}${tags}</html>`;
    writeFileSync(join(work, 'pages', `${name}.html`), whole);
    const { page, problems, close } = await openWatched(browser, host.origin);
    const policy = snippet('csp policy').replaceAll('\n', ' ');
    await page.route('**/guide/*.html', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
    });
    await rememberEvents(page);
    if (prepare !== '') await page.addInitScript(prepare);
    try {
      await page.goto(`${host.origin}/guide/${name}.html`);
      await page.locator('anjuan-signature-pad [part~="paper"]').waitFor();
      await run(page);
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  }

  test('three lines and the ink: digests, InkML and a picture of what was written', async () => {
    await visit('ink', { html: '', scripts: ['ink'] }, async (page) => {
      await write(page);
      await page.route('**/evidence', (route) => route.fulfill({ status: 204 }));
      const sending = page.waitForRequest('**/evidence');
      await page.evaluate(() => document.querySelector('form')?.requestSubmit());
      const evidence: unknown = JSON.parse((await sending).postData() ?? '');
      const { ink, sha256, sm3, inkml, svg } = evidence as Record<string, string> & { readonly ink: object };
      assert.ok('strokes' in ink);
      assert.match(`${sha256} ${sm3}`, /^[0-9a-f]{64} [0-9a-f]{64}$/);
      assert.match(inkml ?? '', /<trace contextRef="#sheet">[\d.]+ [\d.]+ 0/);
      assert.match(svg ?? '', /^<svg .*mm/);
      const sent = await page.evaluate(async () => {
        const data = new FormData(document.querySelector('form') ?? undefined);
        const file = data.get('ink');
        return file instanceof File ? (JSON.parse(await file.text()) as { schema: string }).schema : 'no file';
      });
      assert.equal(sent, 'ink/1');
    });
  });

  test('README: both print the same three lines, and they take a signature', async () => {
    const [lines, others] = ['README.md', 'README.zh-CN.md'].map((name) =>
      block(readFileSync(join(root, name), 'utf8'), 'html sign'),
    );
    assert.equal(others, lines);
    const pad = lines?.replaceAll('"anjuan/', '"/anjuan/') ?? '';
    await visit('readme', { pad, html: '', scripts: [] }, async (page) => {
      const valid = () => page.evaluate(() => document.querySelector('form')?.checkValidity());
      assert.equal(await valid(), false);
      await write(page);
      assert.equal(await valid(), true);
    });
  });

  test('tablets: an STU, and a pad behind its service', async () => {
    const contents = `import { FakeStuHid, FakeStuTablet, LocalPadSimulator } from '@anjuan/sign/testing';
      const hid = new FakeStuHid();
      const tablet = new FakeStuTablet();
      hid.plug(tablet);
      hid.choice = tablet;
      Object.defineProperty(Navigator.prototype, 'hid', { get: () => hid });
      const service = new LocalPadSimulator();
      Object.assign(globalThis, {
        tablet, service, WebSocket: function (url) { return service.webSocket(url); },
      });`;
    const stdin = { contents, resolveDir: root };
    const { outputFiles } = await build({ ...workspaceBuild, stdin, format: 'iife', write: false });
    const html = '<button id="stu">1</button><button id="service">2</button>';
    const options = { html, scripts: ['tablet'], prepare: outputFiles[0]?.text ?? '' };
    await visit('tablet', options, async (page) => {
      const ready = (model: string) =>
        page.locator('anjuan-signature-pad [part~="notice"]', { hasText: `${model} 已就绪` }).waitFor();
      // Ink of one kind of pad at a time: another begins a sheet of its own.
      const inkFrom = (model: string) =>
        page.waitForFunction(
          (name) => document.querySelector('anjuan-signature-pad')?.ink?.device.model === name,
          model,
        );
      await page.locator('#stu').click();
      await ready('STU-540');
      await page.evaluate(`tablet.write([
        ...Array.from({ length: 20 }, (_, at) => ({ x: 3000 + 40 * at, y: 2000, pressure: 300 })),
        { x: 3000, y: 2000, pressure: 0 },
      ])`);
      await inkFrom('STU-540');
      await page.locator('#service').click();
      await ready('PAD-9900');
      await page.evaluate('service.write([[1000, 2000, 0, 30000], [1100, 2050, 5000, 31000]]); service.up()');
      await inkFrom('PAD-9900');
    });
  });

  test('a consent is signed, stored, and the viewer shows badge and report', async () => {
    const { recordId, documentId } = record;
    const html = snippet('html desk').replace(` record-id="${recordId}"`, '');
    await visit('consent', { html, scripts: ['desk', 'sign', 'watch', 'login'] }, async (page) => {
      await shownPage(page);
      await write(page);
      await page.locator('#pin').fill(SAMPLE_PIN);
      await page.locator('#sign').click();
      const badge = page.locator('anjuan-viewer .doc-verdict').filter({ hasText: '测试签名有效' });
      await badge.waitFor({ timeout: 60_000 });
      await badge.click();
      const report = page.locator('anjuan-signature-report');
      await report.locator('[part~="signature"]').first().waitFor();
      assert.match(await report.locator('.signatures').innerText(), /测试医师 甲[\s\S]*B-LTA/);
      const versions = await page.evaluate(async (id) => {
        const versioned = await document.querySelector('anjuan-provider')?.connectedClient?.documents.versions(id);
        return versioned?.length;
      }, documentId);
      assert.equal(versions, 2, `${recordId} has the signed version`);
    });
  });

  test('npm: the two imports register the elements', async () => {
    const stdin = { contents: snippet('js npm'), resolveDir: root };
    const { outputFiles } = await build({ ...workspaceBuild, stdin, format: 'esm', write: false });
    assert.match(outputFiles[0]?.text ?? '', /anjuan-signature-pad[\s\S]*anjuan-signature-report/);
  });
});

/** What a server with a login does; the example server hands out development tokens. Opens the record once there is one. */
const login = `document.querySelector('anjuan-provider').getToken = async () => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch('/dev/login', { method: 'POST', headers, body: JSON.stringify({ user: 'doctor' }) });
  return (await answer.json()).token;
};
document.querySelector('anjuan-viewer').recordId = '${record.recordId}';`;

/** A stroke of the mouse over the sheet. */
async function write(page: Page): Promise<void> {
  const box = await page.locator('anjuan-signature-pad [part~="paper"]').boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  for (let step = 1; step < 20; step += 1)
    await page.mouse.move(box.x + 40 + step * 8, box.y + 50 + 20 * Math.sin(step / 2));
  await page.mouse.up();
  await page.waitForFunction(() => document.querySelector('anjuan-signature-pad')?.strokeCount === 1);
}

/** What the snippets in Node leave behind. */
interface Made {
  readonly signed: SignedPdf;
  readonly renewed: SignedPdf;
  readonly report: ValidationReport;
  readonly asSigned: { readonly sizeBytes: number };
  readonly suspicious: readonly { readonly id: string }[];
  readonly result: { readonly status: string; readonly documents: readonly SignedPdf[] };
  readonly notSigned: readonly unknown[];
  readonly timestampAuthority: unknown;
  readonly trustStore: unknown;
  readonly revocation: unknown;
}

describe('snippets of the signing guide, in Node', () => {
  const realFetch = globalThis.fetch;
  let given: Record<string, unknown>;
  let close: () => Promise<void>;
  let signedFile: Uint8Array;

  before(async () => {
    const folder = join(work, 'pki');
    mkdirSync(work, { recursive: true });
    const pki = await openTestPki({ folder });
    const hospital = await openHospitalPki({ folder });
    close = hospital.close;
    const ukey = new UkeySimulator([
      { ...(await keyOf('doctorSm2')), name: '测试医师 丁', certId: 'SN1', pin: SAMPLE_PIN },
    ]);
    const services = handlerFetch((request) =>
      new URL(request.url).port === '21051' ? ukey.handle(request) : hospital.handle(request),
    );
    globalThis.fetch = services;
    async function keyOf(name: TestCertificateName) {
      const { der: certificate, chain, privateKey } = pki.get(name);
      return { certificate, chain, privateKey: await privateKey() };
    }
    const { cscSigner } = await import('@anjuan/sign');
    const csc = (service: string, credentialId: string): Signer =>
      cscSigner({
        baseUrl: `https://his.example/pki/${service}/csc/v2`,
        token: () => Promise.resolve('service-token'),
        credentialId,
      });
    const pdf = new Uint8Array(readFileSync(consentFile));
    const fonts = fileURLToPath(new URL('../fonts/', import.meta.resolve('@embedpdf/fonts-sc')));
    given = {
      pdf,
      threePages: await manyPagesPdf(3),
      files: [new Blob([pdf]), new Blob([pdf, '\n'])],
      fontFile: new Uint8Array(readFileSync(join(fonts, 'NotoSansHans-Regular.otf'))),
      roots: pki.roots,
      caCertificates: pki.get('doctorSm2').chain,
      tsaCertificates: pki.get('tsaRsa').chain,
      doctor: csc('staff', 'doctor'),
      hospital: csc('hospital', 'seal'),
      device: await sealDevice(await keyOf('sealSm2')),
      askSecret: ({ again }: { readonly again: boolean }) => Promise.resolve(again ? undefined : SAMPLE_PIN),
      tell: () => undefined,
      testKey: await keyOf('doctorRsa'),
      p12: await pki.pkcs12('doctorEc', { password: 'test', iterations: 1 }),
    };
    for (const name of nodeSnippets) {
      const code = snippet(`js ${name}`);
      const names = [...code.matchAll(/^(?:export )?const (\w+|\{[^}]+\}) =/gm)].map(([, found]) => found ?? '');
      const plain = names.filter((found) => /^\w+$/.test(found) && !code.includes(`export const ${found}`));
      // What the snippet calls its results becomes readable; what it takes as given comes from here.
      const wanted = Object.keys(given).filter((key) => new RegExp(`\\b${key}\\b`).test(code) && !names.includes(key));
      const before = `const { ${[...wanted, ...(code.includes('signedFile') ? ['signedFile'] : [])].join(', ')} } = globalThis.given;`;
      writeFileSync(join(work, `${name}.js`), `${before}\n${code}\nexport { ${plain.join(', ')} };\n`);
    }
    Object.assign(globalThis, { given });
  });
  after(async () => {
    globalThis.fetch = realFetch;
    await close();
  });

  const run = async (name: string): Promise<Made> =>
    (await import(pathToFileURL(join(work, `${name}.js`)).href)) as Made;

  /** The verdict over what a snippet made, by our own verifier with the trust of the guide. */
  async function verdict({ source }: SignedPdf): Promise<ValidationReport> {
    const { verifyPdf } = await import('@anjuan/sign');
    const { trustStore, revocation } = (await run('services')) as unknown as Parameters<typeof verifyPdf>[1];
    return verifyPdf(source, { trustStore, ...(revocation && { revocation }) });
  }

  const facts = ({ indication, signatures }: ValidationReport) => [
    indication,
    ...signatures.map(({ kind, level }) => `${kind} ${level}`),
  ];

  test('levels: a visible B-LTA signature; verify, and what the signer saw; renew', async () => {
    const { signed } = await run('levels');
    const report = await verdict(signed);
    assert.deepEqual(facts(report), ['TOTAL_PASSED', 'signature B-LTA', 'document-timestamp timestamp']);
    assert.equal(report.signatures[0]?.rect !== undefined, true);
    signedFile = await signed.bytes();
    Object.assign(given, { signedFile });
    const verified = await run('verify');
    assert.equal(verified.report.indication, 'TOTAL_PASSED');
    assert.match(verified.report.summary['zh-CN'], /有效.*测试证书/);
    assert.ok(verified.asSigned.sizeBytes < signedFile.byteLength);
    assert.ok(Array.isArray(verified.suspicious));
    const { renewed } = await run('renew');
    assert.deepEqual(facts(await verdict(renewed)).slice(0, 2), ['TOTAL_PASSED', 'signature B-LTA']);
    assert.equal(renewed.signatures.at(-1)?.kind, 'document-timestamp');
  });

  test('order: a certification with a lock, then the hospital', async () => {
    const { signed } = await run('order');
    assert.deepEqual(facts(await verdict(signed)), ['TOTAL_PASSED', 'certification B-LT', 'signature B-LT']);
  });

  test('batch: two files under one authorization', async () => {
    const { result, notSigned } = await run('batch');
    assert.equal(result.status, 'signed');
    assert.equal(result.documents.length, 2);
    assert.deepEqual(notSigned, []);
  });

  test('dual: RSA for everybody, SM2 by a UKey', async () => {
    const { signatures, indication } = await verdict((await run('dual')).signed);
    assert.equal(indication, 'TOTAL_PASSED');
    assert.match(signatures.map(({ algorithm }) => algorithm).join(), /RSA.*,.*SM2/);
  });

  test('seal: the structure of GB/T 38540 in the file', async () => {
    const report = await verdict((await run('seal')).signed);
    assert.deepEqual(facts(report), ['TOTAL_PASSED', 'seal seal', 'document-timestamp timestamp'], report.summary.en);
  });

  test('cross-page: three pages share a seal under one signature', async () => {
    const { signed } = await run('cross-page');
    assert.deepEqual(facts(await verdict(signed)).slice(0, 1), ['TOTAL_PASSED']);
    const text = Buffer.from(await signed.bytes()).toString('latin1');
    assert.equal(text.match(/\/Subtype ?\/Stamp\b/g)?.length, 3);
  });

  test('testing: the simulators answer', async () => {
    await run('testing');
  });
});

/** A device that holds a seal of the hospital and the key that uses it. */
async function sealDevice(owner: {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly privateKey: Uint8Array;
}) {
  const { certificate, chain } = owner;
  const key = await openSoftwareKey(owner.privateKey);
  const sign = (data: Uint8Array): Promise<Uint8Array> => key.signBytes('sm3', data);
  const now = Date.now();
  const seal = await buildSeal({
    ...{ vendor: 'Anjuan', id: '99000000000001', kind: 1, name: '和安市第一人民医院(测试)' },
    signers: { kind: 'certificates', certificates: [certificate] },
    ...{ createdMs: now - 60_000, validFromMs: now - 60_000, validToMs: now + 86_400_000 },
    picture: { type: 'png', data: Uint8Array.of(0x89, 0x50, 0x4e, 0x47), widthMm: 40, heightMm: 40 },
    extensions: [],
    maker: { certificate, sign },
  });
  return {
    identity: () => Promise.resolve({ certificate, chain, algorithm: { kind: 'sm2' }, test: true, seal }),
    seal: (requests: readonly { readonly digest: Uint8Array; readonly propertyInfo: string }[]) =>
      Promise.all(
        requests.map(async ({ digest, propertyInfo }) => {
          const options = { seal, certificate, propertyInfo, timeMs: Date.now(), dataHash: digest };
          const prepared = await buildSesSignature(options);
          return prepared.assemble({ signature: await sign(prepared.toSign) });
        }),
      ),
  };
}
