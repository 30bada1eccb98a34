import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { loadGmKernels, sm2PublicKey, sm2Sign, sm2SpkiOfPoint, sm2VerifySpki } from '@anjuan/sign/gm';
import { askBouncyCastle, hex, skipWithoutBouncyCastle, unhex } from './bouncy-castle.js';

const COUNT = 1000;
const KEYS = 20;
const run = promisify(execFile);
const skipOpenssl = spawnSync('openssl', ['version']).status === 0 ? false : 'openssl is not installed';
const kernels = await loadGmKernels();

interface Signed {
  readonly spki: Uint8Array;
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
}

/** Signatures of ours, one half by script, one half by WASM. */
function ours(): readonly Signed[] {
  return Array.from({ length: KEYS }, () => Uint8Array.of(1, ...randomBytes(31))).flatMap((privateKey) => {
    const publicKey = sm2PublicKey(privateKey);
    const spki = sm2SpkiOfPoint(publicKey);
    return Array.from({ length: COUNT / KEYS }, (_, index) => {
      const data = new Uint8Array(randomBytes(index * 3));
      return {
        spki,
        data,
        signature: sm2Sign({ privateKey, publicKey, data, kernels: index % 2 ? kernels : undefined }),
      };
    });
  });
}

/** How many of theirs we accept, in script and in WASM, and how many we accept over other data. */
function accepted(signatures: readonly Signed[]): { readonly right: number; readonly wrong: number } {
  const verify = ({ spki, data, signature }: Signed, index: number): boolean =>
    sm2VerifySpki(spki, { data, signature, kernels: index % 2 ? kernels : undefined });
  const other = signatures.map((one) => ({ ...one, data: Uint8Array.of(...one.data, 0) }));
  return { right: signatures.filter(verify).length, wrong: other.filter(verify).length };
}

/** Two at a time. */
async function pairwise(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all([worker(), worker()]);
}

test(`OpenSSL: ${COUNT} signatures each way`, { skip: skipOpenssl, timeout: 300_000 }, async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'anjuan-oracle-'));
  const at = (name: string): string => join(folder, name);
  context.after(() => rm(folder, { recursive: true }));
  const id = ['-sigopt', 'distid:1234567812345678'];
  let theyAccept = 0;
  const mine = ours();
  await pairwise(COUNT, async (index) => {
    const { spki, data, signature } = mine[index] ?? assert.fail();
    const files = [at(`d${index}`), at(`s${index}`), at(`p${index}`)] as const;
    const pem = `-----BEGIN PUBLIC KEY-----\n${Buffer.from(spki).toString('base64')}\n-----END PUBLIC KEY-----\n`;
    await Promise.all([writeFile(files[0], data), writeFile(files[1], signature), writeFile(files[2], pem)]);
    const { stdout } = await run('openssl', [
      'dgst',
      '-sm3',
      '-verify',
      files[2],
      ...id,
      '-signature',
      files[1],
      files[0],
    ]);
    if (stdout.includes('Verified OK')) theyAccept += 1;
  });
  const theirs: Signed[] = [];
  const spkis = new Map<number, Uint8Array>();
  for (let key = 0; key < KEYS; key += 1) {
    await run('openssl', ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:SM2', '-out', at(`k${key}`)]);
    await run('openssl', ['pkey', '-in', at(`k${key}`), '-pubout', '-outform', 'DER', '-out', at(`q${key}`)]);
    spkis.set(key, new Uint8Array(await readFile(at(`q${key}`))));
  }
  await pairwise(COUNT, async (index) => {
    const out = at(`t${index}`);
    await run('openssl', ['dgst', '-sm3', '-sign', at(`k${index % KEYS}`), ...id, '-out', out, at(`d${index}`)]);
    const spki = spkis.get(index % KEYS) ?? assert.fail();
    theirs.push({ spki, data: mine[index]?.data ?? assert.fail(), signature: new Uint8Array(await readFile(out)) });
  });
  const weAccept = accepted(theirs);
  context.diagnostic(`OpenSSL accepts ${theyAccept} of ours, we accept ${weAccept.right} of theirs`);
  assert.deepEqual({ theyAccept, weAccept }, { theyAccept: COUNT, weAccept: { right: COUNT, wrong: 0 } });
});

test(`BouncyCastle: ${COUNT} signatures each way`, { skip: skipWithoutBouncyCastle() }, (context) => {
  const question = ({ spki, data, signature }: Signed): string => `verify ${hex(spki)} ${hex(data)} ${hex(signature)}`;
  const answers = askBouncyCastle([...ours().map(question), `sign ${COUNT}`]);
  const theyAccept = answers.slice(0, COUNT).filter((answer) => answer === 'true').length;
  const theirs = answers.slice(COUNT).map((line) => {
    const [spki = '', data = '', signature = ''] = line.split(' ');
    return { spki: unhex(spki), data: unhex(data), signature: unhex(signature) };
  });
  const weAccept = accepted(theirs);
  context.diagnostic(`BouncyCastle accepts ${theyAccept} of ours, we accept ${weAccept.right} of theirs`);
  assert.deepEqual({ theyAccept, weAccept }, { theyAccept: COUNT, weAccept: { right: COUNT, wrong: 0 } });
});
