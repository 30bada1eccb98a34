import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import fc from 'fast-check';
import { openTestPki, type TestPki } from '../../../../../fixtures/src/pki/index.js';
import { der, derContext, derInteger, derOctets, derOid, derSequence, oids, readDer } from '../../der/index.js';
import { pkcs12Signer } from './pkcs12-signer.js';

let folder: string;
let pki: TestPki;
let good: Uint8Array<ArrayBuffer>;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anjuan-p12-'));
  pki = await openTestPki({ folder: join(folder, 'pki') });
  good = await pki.pkcs12('doctorEc', { password: 'x', iterations: 1 });
});
after(() => rm(folder, { recursive: true, force: true }));

async function failure(file: Uint8Array, password = 'x'): Promise<AnjuanError> {
  const error = await pkcs12Signer({ file, password })
    .identity()
    .then(
      () => assert.fail('should fail'),
      (cause: unknown) => cause,
    );
  assert.ok(AnjuanError.is(error), String(error));
  return error;
}
const told = async (file: Uint8Array): Promise<unknown[]> => {
  const { code, details } = await failure(file);
  return [code, details['reason']];
};

/** A file around given parts, with a MAC that nobody will reach. */
function fileOf(...parts: readonly Uint8Array[]): Uint8Array {
  const content = derOctets(derSequence(...parts));
  return derSequence(derInteger(3), derSequence(derOid(oids.data), derContext(0, content)));
}

describe('a key file', () => {
  it("that only old programs can protect is refused by name: 'pkcs12-malformed'", async () => {
    const legacy = await pki.pkcs12('doctorRsa', { password: 'x', protection: 'legacy' });
    assert.deepEqual(await told(legacy), ['pkcs12-malformed', 'legacy-encryption']);
    const open = await pki.pkcs12('doctorRsa', { password: 'x', mac: 'none' });
    assert.deepEqual(await told(open), ['pkcs12-malformed', 'mac-missing']);
  });

  it("opens with its password only: 'signer-pin-wrong'", async () => {
    const file = await pki.pkcs12('doctorRsa', { password: '口令 99' });
    assert.equal((await failure(file, 'wrong')).code, 'signer-pin-wrong');
    const signer = pkcs12Signer({ file, password: '口令 99' });
    assert.deepEqual((await signer.identity()).certificate, pki.get('doctorRsa').der);
  });

  it('says what is wrong with it', async () => {
    assert.deepEqual(await told(new Uint8Array()), ['pkcs12-malformed', 'structure']);
    assert.deepEqual(await told(good.subarray(0, good.byteLength - 1)), ['pkcs12-malformed', 'structure']);
    assert.deepEqual(await told(pki.get('doctorRsa').der), ['pkcs12-malformed', 'structure']);
    assert.deepEqual(await told(new Uint8Array(2_000_000)), ['pkcs12-malformed', 'too-large']);
    const enveloped = derSequence(derOid('1.2.840.113549.1.7.3'), derContext(0, derSequence()));
    assert.deepEqual(await told(fileOf(enveloped)), ['pkcs12-malformed', 'part']);
    const endless = withIterations(good, 0x7fffffff);
    assert.deepEqual(await told(endless), ['pkcs12-malformed', 'iterations']);
  });

  it('changed anywhere, fails with an error of ours or opens the same key', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good.byteLength - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const file = new Uint8Array(good);
        file[at] = (file[at] ?? 0) ^ flip;
        try {
          const { certificate } = await pkcs12Signer({ file, password: 'x' }).identity();
          assert.deepEqual(certificate, pki.get('doctorEc').der);
        } catch (error) {
          assert.ok(AnjuanError.is(error), String(error));
          assert.match(error.code, /^(pkcs12-malformed|signer-pin-wrong)$/);
        }
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  it('signs no digest with a key that hashes itself', async () => {
    const signer = pkcs12Signer({ file: good, password: 'x' });
    const asked = signer.sign([{ kind: 'digest', hash: 'sha-256', digest: new Uint8Array(32) }]);
    await assert.rejects(asked, (error) => AnjuanError.is(error, 'signer-refused'));
  });
});

/** The file with another count of iterations in its MAC. */
function withIterations(file: Uint8Array, iterations: number): Uint8Array {
  const [version, authSafe, macData] = readDer(file).children;
  const [digest, salt] = macData?.children ?? [];
  assert.ok(version && authSafe && digest && salt);
  return der(0x30, version.bytes, authSafe.bytes, derSequence(digest.bytes, salt.bytes, derInteger(iterations)));
}
