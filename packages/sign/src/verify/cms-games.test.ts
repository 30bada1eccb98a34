import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  handlerFetch,
  openTestPki,
  pkiHandler,
  type TestCertificateName,
  type TestPki,
} from '../../../../fixtures/src/pki/index.js';
import { buildSignedAttributes, buildSignedData } from '../cms/index.js';
import type { HashAlgorithm } from '../crypto/algorithms.js';
import { openCryptoEngine } from '../crypto/index.js';
import { der, derContext, derInteger, derOctets, derSequence, readDer, type DerNode } from '../der/index.js';
import { openSoftwareKey } from '../testing/signer-software-key.js';
import { tableShape } from '../testing/shapes.js';
import type { CheckId } from './check-ids.js';
import { openVerifierBench, refillSlot, type VerifierBench } from './testing/verifier-bench.js';

let pki: TestPki;
let bench: VerifierBench<TestCertificateName>;
let signed: Uint8Array;

before(async () => {
  pki = await openTestPki();
  bench = openVerifierBench(pki, handlerFetch(pkiHandler(pki)), 'doctorRsa');
  signed = await bench.sign(tableShape());
});
after(() => pki.close());

interface Forgery {
  readonly name?: TestCertificateName;
  /** Certificate that the signature claims to be of. */
  readonly claimed?: TestCertificateName;
  readonly hash?: HashAlgorithm;
  readonly chain?: readonly Uint8Array[];
}

async function cmsOf(
  digest: Uint8Array,
  { name = 'doctorRsa', claimed = name, hash = 'sha-256', chain }: Forgery = {},
) {
  const engine = await openCryptoEngine();
  const key = await openSoftwareKey(await pki.get(name).privateKey());
  const certificate = pki.get(claimed).der;
  const signedAttributes = await buildSignedAttributes({ certificate, hash, digest, engine });
  return buildSignedData({
    certificate,
    chain: chain ?? pki.get(claimed).chain,
    algorithm: { kind: 'rsa-pkcs1', hash },
    hash,
    signedAttributes,
    signature: await key.signBytes(hash, signedAttributes),
  });
}

/** The same structure with one part replaced; `path` counts children. */
function edit(node: DerNode, path: readonly number[], change: (part: DerNode) => Uint8Array): Uint8Array {
  const [index, ...rest] = path;
  if (index === undefined) return change(node);
  const parts = node.children.map((child, at) => (at === index ? edit(child, rest, change) : child.bytes));
  return der(node.bytes[0] ?? 0, ...parts);
}
const SIGNERS = -1;
function editSigned(cms: Uint8Array, part: number, change: (part: DerNode) => Uint8Array): Uint8Array {
  const root = readDer(cms);
  const count = root.children[1]?.children[0]?.children.length ?? 0;
  return edit(root, [1, 0, part === SIGNERS ? count - 1 : part], change);
}

async function judge(make: (digest: Uint8Array) => Promise<Uint8Array>, hash: HashAlgorithm = 'sha-256') {
  const report = await bench.verify(await refillSlot(signed, hash, make));
  const failed = report.signatures[0]?.checks.filter(({ result }) => result !== 'passed' && result !== 'skipped');
  return { report, ids: failed?.map(({ id }) => id) ?? [] };
}

describe('games with the signature structure', () => {
  it('accepts the structure when nobody plays', async () => {
    const { report } = await judge((digest) => cmsOf(digest));
    assert.equal(report.indication, 'TOTAL_PASSED', report.summary.en);
  });

  const games: readonly (readonly [string, CheckId, (digest: Uint8Array) => Promise<Uint8Array>])[] = [
    ['the value of another document', 'message-digest', (digest) => cmsOf(digest.map((byte) => byte ^ 1))],
    [
      'content inside',
      'cms-structure',
      async (digest) =>
        editSigned(await cmsOf(digest), 2, (part) =>
          derSequence(part.children[0]?.bytes ?? part.bytes, derContext(0, derOctets(digest))),
        ),
    ],
    [
      'two signers',
      'cms-structure',
      async (digest) => editSigned(await cmsOf(digest), SIGNERS, (part) => der(0x31, part.contents, part.contents)),
    ],
    ['no signer', 'cms-structure', async (digest) => editSigned(await cmsOf(digest), SIGNERS, () => der(0x31))],
    [
      'no certificate',
      'signing-certificate',
      async (digest) => editSigned(await cmsOf(digest), 3, () => derContext(0)),
    ],
    ['the certificate of somebody else', 'signature-value', (digest) => cmsOf(digest, { claimed: 'doctorRsa3072' })],
    ['bytes behind', 'cms-structure', async (digest) => Uint8Array.from([...(await cmsOf(digest)), 1, 2])],
    [
      'a signature that says another digest',
      'cms-structure',
      async (digest) =>
        editSigned(await cmsOf(digest), 1, () =>
          der(0x31, derSequence(der(6, Uint8Array.of(0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3)))),
        ),
    ],
  ];
  for (const [name, id, make] of games) {
    it(`refuses ${name}`, async () => {
      const { report, ids } = await judge(make);
      assert.notEqual(report.indication, 'TOTAL_PASSED');
      assert.ok(ids.includes(id), `${ids.join(' ')}: ${report.summary.en}`);
    });
  }

  it('takes the certificate of somebody else in the place of the signer for forged, none at all for missing', async () => {
    const other = await judge(async (digest) =>
      editSigned(await cmsOf(digest), 3, () => derContext(0, pki.get('doctorRsa3072').der)),
    );
    assert.equal(other.report.indication, 'TOTAL_FAILED');
    const none = await judge(async (digest) => editSigned(await cmsOf(digest), 3, () => derContext(0)));
    assert.equal(none.report.indication, 'INDETERMINATE');
  });

  it('does not rely on a certificate signed with SHA-1', async () => {
    const report = await bench.verify(await bench.forge(tableShape(), 'weakSha1'));
    assert.notEqual(report.indication, 'TOTAL_PASSED');
    assert.ok(
      report.signatures[0]?.checks.some(({ id, result }) => id === 'algorithm-strength' && result === 'failed'),
    );
  });

  it('reads nothing into a whole number', async () => {
    const { report } = await judge(() => Promise.resolve(derInteger(7)));
    assert.equal(report.subIndication, 'FORMAT_FAILURE');
  });
});
