import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { openCryptoEngine } from '../crypto/index.js';
import {
  der,
  derContext,
  derContextPrimitive,
  derGeneralizedTime,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  derSetOf,
  derTime,
  derUtf8,
  oids,
  readDer,
} from '../der/index.js';
import { fuzz } from './cms.fuzz.js';
import { openCmsBench, type CmsParts as Parts, type EssParts } from './testing/cms-bench.js';
import {
  checkSignerInfo,
  checkTimestampToken,
  parseSignedData,
  parseTimestampResponse,
  parseTimestampToken,
  signatureAlgorithmFor,
  withSignatureTimestamp,
} from './index.js';

const engine = await openCryptoEngine();
const { content, digest, doctor, stranger, sameName, sha256, attribute, ess, base, craft } = await openCmsBench();
const ecdsa = derSequence(derOid(oids.ecdsaWithSha256));

async function told(bytes: Uint8Array): Promise<string> {
  const check = await checkSignerInfo({ signedData: parseSignedData(bytes), contentDigest: () => digest, engine });
  return [check.status, ...check.findings.map(({ id }) => id)].join(' ');
}

test('a correct signature has no findings', async () => {
  assert.equal(await told(await craft()), 'valid');
  const keyId = doctor.certificate.keyBits.subarray(0, 20);
  const unknown = await craft({ sid: derContextPrimitive(0, keyId), signerVersion: 3 });
  assert.equal(await told(unknown), 'invalid certificate-missing');
});

test('every broken rule is its own finding', async () => {
  const { contentType, digest: messageDigest, certificate } = await base();
  const order = [contentType, messageDigest];
  const with_ = (...members: readonly Uint8Array[]): Parts => ({
    signed: readDer(derSetOf(...members)).children.map(({ bytes }) => bytes),
  });
  const essOf = async (parts: EssParts): Promise<Parts> =>
    with_(...order, attribute(oids.signingCertificateV2, await ess(parts)));
  const sha384 = derSequence(derOid(oids.sha384));
  const protection = (hash: Uint8Array, signature: Uint8Array) =>
    attribute(oids.cmsAlgorithmProtection, derSequence(hash, der(0xa1, readDer(signature).contents)));
  const v1 = derSequence(derSequence(derSequence(derOctets(await engine.digest('sha-1', doctor.certificate.der)))));

  const cases: readonly (readonly [string, Parts, string])[] = [
    ['no signer', { signers: 0 }, 'invalid signer-missing'],
    ['two signers', { signers: 2 }, 'invalid several-signers'],
    ['content inside', { content: [derOid(oids.data), derContext(0, derOctets(content))] }, 'invalid content-embedded'],
    [
      'a timestamp as a signature',
      { content: [derOid(oids.tstInfo), derContext(0, derOctets(content))] },
      'invalid content-type-unexpected content-embedded content-type-attribute-wrong',
    ],
    ['GM and other identifiers mixed', { outer: oids.gmSignedData }, 'valid gm-object-ids'],
    [
      'GM content in an other envelope',
      { content: [derOid(oids.gmData)] },
      'invalid gm-object-ids content-type-attribute-wrong',
    ],
    ['version 9', { version: 9 }, 'valid version-wrong'],
    ['signer version 3', { signerVersion: 3 }, 'valid version-wrong'],
    ['digest not listed', { digests: [] }, 'valid digest-algorithm-not-listed'],
    ['no certificate', { certificates: [] }, 'invalid certificate-missing'],
    ['only that of another', { certificates: [stranger.certificate.der] }, 'invalid certificate-missing'],
    [
      'another key under the same name and number',
      { certificates: [sameName.certificate.der] },
      'invalid signature-wrong signing-certificate-wrong',
    ],
    [
      'a certificate that cannot be read',
      { certificates: [derSequence(derNull()), doctor.certificate.der] },
      'valid certificate-unreadable',
    ],
    [
      'an attribute certificate',
      { certificates: [doctor.certificate.der, derContext(2, derNull())] },
      'valid certificate-attribute',
    ],
    ['unsigned attributes only', { signed: null }, 'invalid signed-attributes-missing signing-certificate-missing'],
    ['attributes out of order', { signed: [messageDigest, certificate, contentType] }, 'valid signed-attributes-order'],
    [
      'an attribute twice',
      with_(...order, certificate, contentType),
      'invalid attribute-repeated attribute-malformed content-type-attribute-missing',
    ],
    [
      'two values of one attribute',
      with_(messageDigest, certificate, attribute(oids.contentType, derOid(oids.data), derOid(oids.tstInfo))),
      'invalid attribute-malformed content-type-attribute-missing',
    ],
    [
      'a digest that is a text',
      with_(contentType, certificate, attribute(oids.messageDigest, derUtf8('x'))),
      'invalid attribute-malformed message-digest-missing',
    ],
    ['no content type', with_(messageDigest, certificate), 'invalid content-type-attribute-missing'],
    [
      'another content type',
      with_(messageDigest, certificate, attribute(oids.contentType, derOid(oids.tstInfo))),
      'invalid content-type-attribute-wrong',
    ],
    ['no message digest', with_(contentType, certificate), 'invalid message-digest-missing'],
    [
      'the digest of another file',
      with_(contentType, certificate, attribute(oids.messageDigest, derOctets(new Uint8Array(32)))),
      'invalid message-digest-wrong',
    ],
    ['no signing certificate', with_(...order), 'valid signing-certificate-missing'],
    [
      'the old signing certificate alone',
      with_(...order, attribute(oids.signingCertificate, v1)),
      'valid signing-certificate-v1',
    ],
    [
      'hash of another certificate',
      await essOf({ of: stranger, serial: 7, issuer: doctor }),
      'invalid signing-certificate-wrong',
    ],
    ['another issuer', await essOf({ issuer: stranger }), 'invalid signing-certificate-wrong'],
    ['another serial number', await essOf({ serial: 9 }), 'invalid signing-certificate-wrong'],
    ['an unknown hash', await essOf({ hash: derSequence(derOid('2.999.1')) }), 'invalid signing-certificate-wrong'],
    ['more than the type knows', await essOf({ more: [derNull()] }), 'invalid signing-certificate-wrong'],
    [
      'a signing certificate that is a number',
      with_(...order, attribute(oids.signingCertificateV2, derInteger(1))),
      'invalid attribute-malformed',
    ],
    [
      'old and new disagree',
      with_(...order, certificate, attribute(oids.signingCertificate, await ess({ of: stranger }))),
      'invalid signing-certificate-wrong',
    ],
    [
      'a signing time',
      with_(...order, certificate, attribute(oids.signingTime, derTime(1e12))),
      'valid signing-time-present',
    ],
    ['SHA-384 signed as SHA-256', { digestIdentifier: sha384, digests: [sha384] }, 'invalid algorithms-disagree'],
    [
      'an unknown hash for the content',
      { digestIdentifier: derSequence(derOid('2.999.1')), digests: [derSequence(derOid('2.999.1'))] },
      'invalid digest-algorithm-unknown',
    ],
    [
      'MD5 with RSA',
      { signatureIdentifier: derSequence(derOid('1.2.840.113549.1.1.4')) },
      'invalid signature-algorithm-unknown',
    ],
    [
      'RSA said, ECDSA held',
      { signatureIdentifier: derSequence(derOid(oids.sha256WithRsa)) },
      'invalid certificate-key-mismatch',
    ],
    [
      'Ed25519 with SHA-256',
      { signatureIdentifier: derSequence(derOid(oids.ed25519)) },
      'invalid algorithms-disagree certificate-key-mismatch',
    ],
    [
      'SM2 with SHA-256',
      { signatureIdentifier: derSequence(derOid(oids.sm2WithSm3)) },
      'invalid algorithms-disagree certificate-key-mismatch',
    ],
    ['algorithms protected', with_(...order, certificate, protection(sha256, ecdsa)), 'valid'],
    [
      'another hash protected',
      with_(...order, certificate, protection(sha384, ecdsa)),
      'invalid algorithm-protection-wrong',
    ],
    [
      'another signature algorithm protected',
      with_(...order, certificate, protection(sha256, derSequence(derOid(oids.ecdsaWithSha384)))),
      'invalid algorithm-protection-wrong',
    ],
    ['signature of something else', { signatureOf: content }, 'invalid signature-wrong'],
  ];
  const results = await Promise.all(
    cases.map(async ([name, parts]) => [name, await told(await craft(parts))] as const),
  );
  assert.deepEqual(
    results,
    cases.map(([name, , expected]) => [name, expected]),
  );
  assert.equal(await told(Uint8Array.from([...(await craft()), 0, 0, 1])), 'invalid bytes-after');
  const unordered = [messageDigest, certificate, contentType];
  const asWritten = await craft({ signed: unordered, signatureOf: der(0x31, ...unordered) });
  assert.equal(await told(asWritten), 'valid signed-attributes-order', 'signed in the order of the structure');
});

test('signed attributes of one document do not serve as those of another', async () => {
  const other = { signedData: parseSignedData(await craft()), contentDigest: () => new Uint8Array(32), engine };
  const check = await checkSignerInfo(other);
  assert.equal(check.digestMatches, false);
  assert.equal(check.signatureHolds, true);
  assert.equal(check.status, 'invalid');
});

test('revocation that travels with a signature is found', async () => {
  const crl = derSequence(derInteger(1));
  const response = derSequence(derInteger(2));
  const choice = der(0xa1, derOid(oids.ocspResponseOfCms), response);
  const tail = [der(0xa1, crl, choice)];
  const { contentType, digest: messageDigest, certificate } = await base();
  const archival = derSequence(derContext(0, derSequence(crl)), derContext(1, derSequence(response)));
  const signed = [contentType, messageDigest, certificate, attribute(oids.adbeRevocationInfoArchival, archival)];
  const data = parseSignedData(await craft({ tail, signed }));
  assert.deepEqual(
    data.crls.map((one) => Buffer.from(one)),
    [Buffer.from(crl), Buffer.from(crl)],
  );
  assert.deepEqual(
    data.ocspResponses.map((one) => Buffer.from(one)),
    [Buffer.from(response), Buffer.from(response)],
  );
});

const isMalformed = (error: unknown): boolean => AnjuanError.is(error, 'cms-malformed');

test('what is no signature structure at all is cms-malformed', async () => {
  const good = await craft();
  const cases: Record<string, Uint8Array> = {
    empty: new Uint8Array(0),
    zeros: new Uint8Array(500),
    'a number': derInteger(1),
    'an empty sequence': derSequence(),
    'plain data': derSequence(derOid(oids.data), derContext(0, derOctets(content))),
    'no content': derSequence(derOid(oids.signedData)),
    truncated: good.subarray(0, good.byteLength - 1),
    'an endless envelope': Uint8Array.of(0x30, 0x80, 0x30, 0x80, 0x30, 0x80),
    'nested without end': Uint8Array.from({ length: 400 }, (_, index) => (index % 2 === 0 ? 0x30 : 0x80)),
    'a field too many': await craft({ afterSigner: [derNull()] }),
    'a field after the attributes': await craft({ afterSigner: [der(0xa1), derNull()] }),
    'a signer that is named by a text': await craft({ sid: derUtf8('x') }),
    'an unknown field in the body': await craft({ tail: [derContext(5, derNull())] }),
    'fields out of order': await craft({ tail: [der(0xa1), der(0xa0)] }),
    'an attribute without values': await craft({ unsigned: [derSequence(derOid(oids.data))] }),
    'content without a type': await craft({ content: [] }),
    'two contents': await craft({ content: [derOid(oids.data), derContext(0, derNull(), derNull())] }),
    'an algorithm without a name': await craft({ digestIdentifier: derSequence() }),
  };
  for (const [name, bytes] of Object.entries(cases)) assert.throws(() => parseSignedData(bytes), isMalformed, name);
  const two = await craft({ signers: 2 });
  assert.throws(() => withSignatureTimestamp(two, good), isMalformed);
});

async function token(fields: readonly Uint8Array[], contentType: string = oids.tstInfo): Promise<Uint8Array> {
  const info = derSequence(...fields);
  return craft({
    content: [derOid(contentType), derContext(0, derOctets(info))],
    version: 3,
    signed: [
      attribute(oids.contentType, derOid(oids.tstInfo)),
      attribute(oids.messageDigest, derOctets(await engine.digest('sha-256', info))),
      (await base()).certificate,
    ],
  });
}

const imprintOf = (oid: string): Uint8Array => derSequence(derSequence(derOid(oid)), derOctets(digest));
const stamp = (imprint: Uint8Array, ...more: readonly Uint8Array[]): Uint8Array[] => [
  derInteger(1),
  derOid('2.999.1'),
  imprint,
  derInteger(5),
  derGeneralizedTime(1.6e12),
  ...more,
];

test('tokens: imprint, accuracy, order and name are read and checked', async () => {
  const accuracy = derSequence(
    derInteger(2),
    derContextPrimitive(0, Uint8Array.of(5)),
    derContextPrimitive(1, Uint8Array.of(1, 244)),
  );
  const authority = derContext(0, derContext(4, stranger.certificate.subject.der));
  const read = parseTimestampToken(
    await token(stamp(imprintOf(oids.sha256), accuracy, der(1, Uint8Array.of(255)), derInteger(9), authority)),
  );
  assert.deepEqual([read.accuracyMs, read.ordering, read.nonce, read.time], [2005.5, true, 9n, 1.6e12]);
  const check = await checkTimestampToken({ token: read, imprint: () => digest, engine });
  assert.deepEqual(
    check.findings.filter(({ id }) => id !== 'signed-attributes-order'),
    [{ id: 'timestamp-certificate-wrong', severity: 'warning' }],
  );
  assert.equal(check.status, 'valid');
  for (const [oid, expected] of [
    ['2.999.5', 'imprint-algorithm-unknown'],
    [oids.sha1, 'weak-digest'],
  ] as const) {
    const weak = parseTimestampToken(await token(stamp(imprintOf(oid))));
    const result = await checkTimestampToken({ token: weak, imprint: () => digest, engine });
    assert.ok(result.findings.some(({ id, severity }) => id === expected && severity === 'error'));
  }
});

test('malformed tokens and answers are cms-malformed', async () => {
  const [, ...noVersion] = stamp(imprintOf(oids.sha256));
  const tokens = [
    await craft(),
    await token(noVersion),
    await token([derInteger(2), ...noVersion]),
    await token(stamp(derSequence(derOctets(digest)))),
    await token(stamp(imprintOf(oids.sha256)), oids.data),
  ];
  for (const bytes of tokens) assert.throws(() => parseTimestampToken(bytes), isMalformed);
  const answers = [
    new Uint8Array(0),
    derSequence(),
    derSequence(derSequence()),
    derSequence(derSequence(derInteger(0))),
    derSequence(derSequence(derInteger(9))),
    derSequence(derSequence(derInteger(-1))),
    derSequence(derSequence(derInteger(0)), derNull(), derNull()),
  ];
  for (const bytes of answers) assert.throws(() => parseTimestampResponse(bytes), isMalformed);
  assert.deepEqual(parseTimestampResponse(derSequence(derSequence(derInteger(3)))), {
    status: 'refused',
    code: 3,
    failInfo: [],
  });
});

test('the usual algorithm of a key; none for a key that is not known', () => {
  assert.deepEqual(signatureAlgorithmFor({ kind: 'rsa', bits: 2048, exponent: 65537n }, 'sha-256'), {
    kind: 'rsa-pkcs1',
    hash: 'sha-256',
  });
  assert.deepEqual(signatureAlgorithmFor({ kind: 'sm2', bits: 256 }, 'sm3'), { kind: 'sm2' });
  assert.throws(
    () => signatureAlgorithmFor({ kind: 'unknown', oid: '1.2.3', bits: 0 }, 'sha-256'),
    (error) => AnjuanError.is(error, 'crypto-unsupported'),
  );
});

test('changed structures give typed errors only', () => fuzz({ seed: 11, runs: 800 }));
