import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { jwtVerify } from 'jose';
import { plainPdf } from '../testing/plain-pdf.js';
import { sampleRecord } from '../testing/sample-record.js';
import { main } from './main.js';
import { tokenCheck, type TokenSettings } from './token-check.js';

let dir = '';
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'anjuan-cli-'));
  const record = sampleRecord();
  await mkdir(join(dir, 'records'));
  await writeFile(join(dir, 'records/record.json'), JSON.stringify(record));
  for (const { file } of record.documents) await writeFile(join(dir, 'records', file), plainPdf([{}]));
});
after(() => rm(dir, { recursive: true, force: true }));

async function call(
  args: readonly string[],
  { signal, env = {} }: { signal?: AbortSignal; env?: Record<string, string> } = {},
) {
  let text = '';
  const out = { write: (part: string) => (text += part) };
  const code = await main(args, { out, env, signal: signal ?? new AbortController().signal });
  return { code, text };
}

describe('anjuan-archive', () => {
  it('explains itself', async () => {
    for (const command of ['serve', 'ingest', 'snapshot', 'token']) {
      const { code, text } = await call([command, '--help']);
      assert.equal(code, 0);
      assert.match(text, new RegExp(`^anjuan-archive ${command}`));
      assert.ok((await call(['--help'])).text.includes(`anjuan-archive ${command} `));
    }
  });

  it('refuses what it does not understand, and names it', async () => {
    assert.equal((await call([])).code, 2);
    assert.equal((await call(['constructor'])).code, 2);
    assert.equal((await call(['ingest'])).code, 2);
    const option = await call(['serve', '--prot', '1']);
    assert.deepEqual([option.code, /--prot/.test(option.text)], [2, true]);
    const folder = await call(['ingest', join(dir, 'nothing'), '--data', join(dir, 'a')]);
    assert.deepEqual([folder.code, /folder to ingest cannot be read/.test(folder.text)], [2, true]);
    const site = await call(['serve', '--data', join(dir, 'a'), '--site', 'emr']);
    assert.deepEqual([site.code, /PATH=DIR/.test(site.text)], [2, true]);
    await writeFile(join(dir, 'no-service.mjs'), 'export const other = 1;');
    for (const given of ['pki', `/pki/=${join(dir, 'no-service.mjs')}`]) {
      const service = await call(['serve', '--data', join(dir, 'a'), '--service', given]);
      assert.deepEqual([service.code, /PATH=MODULE/.test(service.text)], [2, true]);
    }
  });

  it('does not offer an open login beyond this machine', async () => {
    const { code, text } = await call(['serve', '--data', join(dir, 'a'), '--host', '0.0.0.0']);
    assert.equal(code, 2);
    assert.match(text, /needs --key/);
  });

  it('ingests with progress in lines, and without a name in them', async () => {
    const { code, text } = await call(['ingest', join(dir, 'records'), '--data', join(dir, 'a')]);
    assert.equal(code, 0, text);
    assert.match(
      text,
      /^Found 1 records with 2 documents\.\n1\/2 documents, 1 pages\n2\/2 documents, 2 pages\n1 records, 2 documents, 2 pages in /,
    );
    assert.doesNotMatch(text, /林一晨|入院记录/);
  });

  it('prints a token that its own key signed', async () => {
    const key = 'a key for tests, long enough for HS256';
    const { code, text } = await call(['token', 'doctor', '--expires', '60'], { env: { ANJUAN_TOKEN_KEY: key } });
    assert.equal(code, 0);
    const { payload } = await jwtVerify(text.trim(), new TextEncoder().encode(key));
    assert.deepEqual([payload['roles'], (payload.exp ?? 0) - (payload.iat ?? 0)], [['DOC'], 60]);
    assert.equal((await call(['token', 'nobody'])).code, 2);
  });

  it('takes a key set, and no half-made settings', async () => {
    const check = (settings: Partial<TokenSettings>) =>
      tokenCheck({ dataDir: join(dir, 'k'), loopback: true, ...settings });
    const jwks = 'https://sso.hospital.test/jwks';
    const found = await check({ jwks, issuer: 'sso', loopback: false });
    assert.deepEqual(found, { auth: { keys: { jwksUrl: jwks }, issuer: 'sso' } });
    assert.ok((await check({})).loginKey, 'a development login on loopback');
    const key = 'a key for tests, long enough for HS256';
    assert.equal((await check({ key, loopback: false })).loginKey, undefined);
    for (const wrong of [
      { loopback: false },
      { jwks: 'file:///keys' },
      { issuer: 'sso' },
      { key: 'short' },
      { key, jwks },
    ]) {
      await assert.rejects(check(wrong), { code: 'invalid-argument' });
    }
  });

  it('serves until it is told to stop', async () => {
    const stop = new AbortController();
    let text = '';
    const address = new Promise<string>((resolve) => {
      const write = (part: string): void => {
        text += part;
        const found = /http:\/\/\S+/.exec(text)?.[0];
        if (found) resolve(found);
      };
      const args = ['serve', '--data', join(dir, 'a'), '--port', '0'];
      const running = main(args, { out: { write }, env: {}, signal: stop.signal });
      after(() => running);
    });
    const response = await fetch(await address);
    const statement = (await response.json()) as { resourceType: string };
    assert.equal(statement.resourceType, 'CapabilityStatement');
    stop.abort();
  });
});
