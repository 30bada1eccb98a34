import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openTestPki } from '../../../../fixtures/src/pki/index.js';
import { pkcs12Signer } from './index.js';

const source = fileURLToPath(new URL('..', import.meta.url));

/** What a file must do to have a private signing key in its hands, and the only places that may. */
const rules: readonly { readonly what: string; readonly sign: RegExp; readonly allowed: RegExp }[] = [
  { what: 'reads private keys', sign: /\bpkcs8\b|\bPKCS8\b|ECPrivateKey/, allowed: /^signers\/pkcs12\// },
  {
    what: 'holds SM2 private numbers',
    sign: /(?<!oids\.)\bsm2Sign(Digest)?\b(?!:)|\bprivateKey\b(?! of)/,
    allowed: /^(signers\/pkcs12|gm\/sm2)\//,
  },
  { what: 'makes or takes keys that sign', sign: /\[\s*'sign'/, allowed: /^signers\/pkcs12\// },
  { what: 'signs with WebCrypto', sign: /subtle\w*(\(\))?\s*\??\.\s*sign\(/, allowed: /^signers\/webcrypto\// },
  { what: 'signs with script', sign: /@noble\/curves[\s\S]*\.sign\(/, allowed: /^$/ },
  { what: 'takes keys that can be read out', sign: /importKey\('(pkcs8|jwk)'[^;]*\btrue\b/, allowed: /^$/ },
];

/** Transport keys of pads wrap a session key; they sign nothing. */
const transportKeys = /^tablets\//;

async function shippedFiles(): Promise<readonly { readonly path: string; readonly code: string }[]> {
  const entries = await readdir(source, { recursive: true });
  const paths = entries
    .map((entry) => entry.split(sep).join('/'))
    .filter((path) => path.endsWith('.ts') && !/\.(test|fuzz|data)\.ts$|(^|\/)testing\//.test(path));
  return Promise.all(
    paths.map(async (path) => ({
      path,
      code: (await readFile(join(source, path), 'utf8')).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''),
    })),
  );
}

describe('private keys', () => {
  it('are touched by the test signers only', async () => {
    const files = await shippedFiles();
    assert.ok(files.length > 50, 'the source was found');
    for (const { what, sign, allowed } of rules) {
      const found = files
        .filter(({ path, code }) => sign.test(code) && !transportKeys.test(path))
        .map(({ path }) => path);
      assert.deepEqual(
        found.filter((path) => !allowed.test(path)),
        [],
        what,
      );
      if (String(allowed) !== String(/^$/)) assert.ok(found.length > 0, `the rule finds what is allowed: ${what}`);
    }
  });

  it('are out of reach of the adapters for devices and services', async () => {
    const files = await shippedFiles();
    const adapters = files.filter(({ path }) => /^signers\/(csc|ukey|seal)\//.test(path));
    assert.ok(adapters.length >= 8);
    for (const { path, code } of adapters) assert.doesNotMatch(code, /pkcs12|webcrypto/i, path);
  });

  it('are taken in non-extractable, and show in nothing that a signer gives', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'anjuan-keys-'));
    const importKey = crypto.subtle.importKey.bind(crypto.subtle);
    const extractable: boolean[] = [];
    try {
      const pki = await openTestPki({ folder: join(folder, 'pki') });
      crypto.subtle.importKey = ((...args: Parameters<typeof importKey>) => {
        extractable.push(args[3]);
        return importKey(...args);
      }) as typeof importKey;
      // Parts of PKCS#8 that are secret: the last number of an RSA key, the number of an SM2 key.
      for (const [name, from, to] of [
        ['doctorRsa', -60, undefined],
        ['doctorSm2', 72, 132],
      ] as const) {
        const signer = pkcs12Signer({ file: await pki.pkcs12(name, { password: 'x' }), password: 'x' });
        const shown = [
          signer,
          await signer.identity(),
          await signer.sign([{ kind: 'bytes', data: new Uint8Array(3) }]),
        ];
        const secret = Buffer.from(await pki.get(name).privateKey())
          .toString('hex')
          .slice(from, to);
        const text = JSON.stringify(shown, (_key, value: unknown) =>
          value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
        );
        assert.ok(text.length > 1000 && !text.includes(secret));
        assert.deepEqual(Object.keys(signer).sort(), ['capabilities', 'identity', 'kind', 'sign']);
      }
      assert.ok(extractable.length > 0 && extractable.every((flag) => !flag));
    } finally {
      crypto.subtle.importKey = importKey;
      await rm(folder, { recursive: true, force: true });
    }
  });
});
