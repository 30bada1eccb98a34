import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { AnjuanError, throwIfAborted } from '@anjuan/core';
import { openTestPki, type TestPki } from '../../../../../fixtures/src/pki/index.js';
import { openCryptoEngine } from '../../crypto/index.js';
import { buildSeal, buildSesSignature, parseSesSignature, sm3 } from '../../gm/index.js';
import { signerSuite, type SignerFixture } from '../../testing/signer-suite.js';
import { openSoftwareKey } from '../../testing/signer-software-key.js';
import { askSecret } from '../ask-secret.js';
import type { SignRequest } from '../signer.js';
import { sealSigner, type SealDevice } from './seal-signer.js';

let folder: string;
let pki: TestPki;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anjuan-seal-'));
  pki = await openTestPki({ folder: join(folder, 'pki') });
});
after(() => rm(folder, { recursive: true, force: true }));

const PROPERTY = 'Signature1';
const request = (data: Uint8Array): SignRequest => ({ kind: 'seal', digest: sm3(data), propertyInfo: PROPERTY });

/** A seal server that asks for a PIN; `bend` changes what it seals. */
async function device(
  bend: (digest: Uint8Array) => Uint8Array = (digest) => digest,
): Promise<SealDevice & { made: number }> {
  const { der: certificate, chain, privateKey } = pki.get('sealSm2');
  const key = await openSoftwareKey(await privateKey());
  const maker = pki.get('issuingSm2');
  const makerKey = await openSoftwareKey(await maker.privateKey());
  const engine = await openCryptoEngine();
  const seal = await buildSeal({
    vendor: 'TEST',
    id: '99000000000001',
    kind: 1,
    name: '测试章',
    signers: { kind: 'certificates', certificates: [certificate] },
    createdMs: 1_700_000_000_000,
    validFromMs: 1_700_000_000_000,
    validToMs: 2_500_000_000_000,
    picture: { type: 'PNG', data: Uint8Array.of(1), widthMm: 40, heightMm: 40 },
    extensions: [],
    maker: { certificate: maker.der, sign: (data) => makerKey.signBytes('sm3', data) },
  });
  const self = {
    made: 0,
    identity: () => Promise.resolve({ certificate, chain, algorithm: { kind: 'sm2' } as const, test: false, seal }),
    seal: async (...[wanted, call]: Parameters<SealDevice['seal']>) => {
      if ((await askSecret({ kind: 'pin', again: false }, call)) !== '99') throw new AnjuanError('signer-pin-wrong');
      throwIfAborted(call.signal);
      const results: Uint8Array[] = [];
      for (const { digest, propertyInfo } of wanted) {
        const common = { seal, certificate, timeMs: Date.now(), engine };
        const prepared = await buildSesSignature({ ...common, dataHash: bend(digest), propertyInfo });
        results.push(prepared.assemble({ signature: await key.signBytes('sm3', prepared.toSign) }));
        self.made += 1;
      }
      return results;
    },
  };
  return self;
}

describe('a device that seals', () => {
  it('gives seals over what was asked for', async () => {
    const signer = sealSigner(await device());
    const asked = [1, 2].map((fill) => request(Uint8Array.of(fill)));
    const values = await signer.sign(asked, { askSecret: () => Promise.resolve('99') });
    assert.deepEqual(
      values.map((value) => parseSesSignature(value).dataHash),
      asked.map((one) => one.kind === 'seal' && one.digest),
    );
    const { seal } = await signer.identity();
    assert.ok(seal);
  });

  it("is not believed when it seals something else: 'signer-protocol'", async () => {
    const options = { askSecret: () => Promise.resolve('99') };
    const told = async (of: SealDevice): Promise<unknown> =>
      sealSigner(of)
        .sign([request(Uint8Array.of(1))], options)
        .then(
          () => 'signed',
          (error: unknown) => AnjuanError.is(error, 'signer-protocol') && error.details['reason'],
        );
    const good = await device();
    assert.equal(await told(await device(() => new Uint8Array(32))), 'other-digest');
    assert.equal(
      await told({
        ...good,
        seal: (wanted, call) =>
          good.seal(
            wanted.map((one) => ({ ...one, propertyInfo: 'x' })),
            call,
          ),
      }),
      'other-property',
    );
    assert.equal(await told({ ...good, seal: () => Promise.resolve([Uint8Array.of(0x30, 0)]) }), 'seal-signature');
    assert.equal(await told({ ...good, seal: () => Promise.resolve([]) }), 'signature-count');
  });
});

signerSuite(
  { describe: (name, body) => void describe(name, body), it: (name, body) => void it(name, body) },
  'seal',
  async () => {
    const sealing = await device();
    const fixture: SignerFixture = {
      signer: sealSigner(sealing),
      request,
      holds: (value, data) => Promise.resolve(Buffer.compare(parseSesSignature(value).dataHash, sm3(data)) === 0),
      made: () => sealing.made,
    };
    const { signer } = fixture;
    // The suite's fixture without a PIN question answers none; the device here wants one, so it is given.
    return {
      ...fixture,
      signer: {
        ...signer,
        sign: (requests, call = {}) => signer.sign(requests, { ...call, askSecret: () => Promise.resolve('99') }),
      },
    };
  },
);
