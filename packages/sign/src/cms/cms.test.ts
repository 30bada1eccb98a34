import assert from 'node:assert/strict';
import { createHash, sign as nodeSign } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  openssl,
  openTestPki,
  pkiHandler,
  SM2_ID,
  type TestCertificate,
  type TestCertificateName,
  type TestPki,
} from '../../../../fixtures/src/pki/index.js';
import { openCryptoEngine, type HashAlgorithm, type SignatureAlgorithm } from '../crypto/index.js';
import { derOctets, equalBytes, oids, readDer, type DerNode } from '../der/index.js';
import { buildPath, parseCertificate } from '../x509/index.js';
import {
  buildSignedAttributes,
  buildSignedData,
  buildTimestampRequest,
  checkSignerInfo,
  checkTimestampToken,
  parseSignedData,
  parseTimestampResponse,
  parseTimestampToken,
  signatureAlgorithmFor,
  withSignatureTimestamp,
} from './index.js';

const engine = await openCryptoEngine();
const content = new TextEncoder().encode('住院病案首页 990001');
const digestOf = (hash: HashAlgorithm): Promise<Uint8Array> => engine.digest(hash, content);
let pki: TestPki;
let work: string;
let handler: (request: Request) => Promise<Response>;
before(async () => {
  pki = await openTestPki();
  handler = pkiHandler(pki);
  work = await mkdtemp(join(tmpdir(), 'anjuan-cms-'));
  await writeFile(join(work, 'content'), content);
});
after(async () => {
  await pki.close();
  await rm(work, { recursive: true, force: true });
});

const file = (name: string): string => join(work, name);

async function stamp(imprint: Uint8Array, path = 'tsa', nonce?: bigint): Promise<Uint8Array> {
  const request = buildTimestampRequest({ hash: 'sha-256', imprint, ...(nonce !== undefined && { nonce }) });
  const headers = { 'content-type': 'application/timestamp-query' };
  const answer = await handler(new Request(`http://pki.test/${path}`, { method: 'POST', body: request, headers }));
  const response = parseTimestampResponse(new Uint8Array(await answer.arrayBuffer()));
  assert.equal(response.status, 'granted');
  return response.status === 'granted' ? response.token : new Uint8Array();
}

/** Signature over bytes by OpenSSL. */
async function signBy(signer: TestCertificate, algorithm: SignatureAlgorithm, data: Uint8Array): Promise<Uint8Array> {
  if (algorithm.kind === 'sm2') {
    const args = ['dgst', '-sm3', '-sign', signer.keyFile, ...['-sigopt', SM2_ID]];
    return new Uint8Array((await openssl(args, { input: data })).stdout);
  }
  const key = await readFile(signer.keyFile);
  const hash = 'hash' in algorithm ? algorithm.hash.replace('-', '') : null;
  const options = algorithm.kind === 'rsa-pss' ? { key, padding: 6, saltLength: algorithm.saltBytes } : key;
  return new Uint8Array(nodeSign(hash, data, options));
}

async function signedBy(
  name: TestCertificateName,
  hash: HashAlgorithm,
  changes: { readonly algorithm?: SignatureAlgorithm; readonly profile?: 'gmt-0010' } = {},
): Promise<Uint8Array> {
  const signer = pki.get(name);
  const algorithm = changes.algorithm ?? signatureAlgorithmFor(parseCertificate(signer.der).publicKey, hash);
  const profile = changes.profile ?? ('rfc5652' as const);
  const common = { certificate: signer.der, hash, profile };
  const signedAttributes = await buildSignedAttributes({ ...common, digest: await digestOf(hash), engine });
  const signature = await signBy(signer, algorithm, signedAttributes);
  return buildSignedData({ ...common, chain: signer.chain.slice(0, -1), algorithm, signedAttributes, signature });
}

const check = (bytes: Uint8Array) =>
  checkSignerInfo({ signedData: parseSignedData(bytes), contentDigest: digestOf, engine });

const OURS: readonly (readonly [TestCertificateName, HashAlgorithm, SignatureAlgorithm?])[] = [
  ['doctorRsa', 'sha-256'],
  ['doctorRsa3072', 'sha-512'],
  ['doctorRsa', 'sha-384', { kind: 'rsa-pss', hash: 'sha-384', saltBytes: 48 }],
  ['doctorEc', 'sha-256'],
  ['doctorEc', 'sha-384'],
];

test('OpenSSL accepts what we build as CAdES, with a timestamp too', async () => {
  for (const [name, hash, algorithm] of OURS) {
    const plain = await signedBy(name, hash, algorithm ? { algorithm } : {});
    const [signer] = parseSignedData(plain).signers;
    assert.ok(signer);
    const stamped = withSignatureTimestamp(plain, await stamp(await engine.digest('sha-256', signer.signature)));
    for (const [index, bytes] of [plain, stamped].entries()) {
      await writeFile(file('ours.p7s'), bytes);
      await openssl(
        [
          'cms',
          '-verify',
          '-cades',
          '-binary',
          '-inform',
          'DER',
          '-in',
          file('ours.p7s'),
          '-content',
          file('content'),
        ].concat(['-CAfile', pki.rootsFile, '-purpose', 'any', '-out', file('out')]),
      );
      const result = await check(bytes);
      assert.deepEqual(result.findings, [], `${name} ${hash} ${index}`);
      assert.equal(result.status, 'valid');
      assert.equal(result.certificate?.subject.text, parseCertificate(pki.get(name).der).subject.text);
    }
    assert.equal(parseSignedData(stamped).signers[0]?.signatureTimestamps.length, 1);
    const twice = withSignatureTimestamp(stamped, await stamp(await engine.digest('sha-256', signer.signature)));
    assert.equal(parseSignedData(twice).signers[0]?.signatureTimestamps.length, 2);
  }
});

test('a key of 1024 bits signs, but is too weak', async () => {
  const result = await check(await signedBy('weakRsa1024', 'sha-256'));
  assert.deepEqual(result.findings, [{ id: 'weak-key', severity: 'error' }]);
  assert.equal(result.signatureHolds, true);
  assert.equal(result.status, 'invalid');
});

test('SM2 signatures, under both sets of object identifiers', async () => {
  for (const profile of [undefined, 'gmt-0010'] as const) {
    const bytes = await signedBy('doctorSm2', 'sm3', profile ? { profile } : {});
    const signedData = parseSignedData(bytes);
    assert.equal(signedData.profile, profile ?? 'rfc5652');
    assert.equal(signedData.contentType, profile ? oids.gmData : oids.data);
    const result = await check(bytes);
    assert.deepEqual(result.findings, []);
    assert.equal(result.status, 'valid');
    const other = await checkSignerInfo({ signedData, contentDigest: () => new Uint8Array(32), engine });
    assert.deepEqual(other.findings, [{ id: 'message-digest-wrong', severity: 'error' }]);
  }
});

const THEIRS: readonly (readonly [TestCertificateName, string, readonly string[]])[] = [
  ['doctorRsa', 'sha256', []],
  ['doctorRsa', 'sha512', ['-keyopt', 'rsa_padding_mode:pss']],
  ['doctorRsa3072', 'sha384', ['-keyid']],
  ['doctorEc', 'sha256', []],
  ['doctorEc', 'sha512', []],
];

test('we accept what OpenSSL signs as CAdES, and find its only sin: signing-time', async () => {
  for (const [name, hash, more] of THEIRS) {
    const signer = pki.get(name);
    await openssl(
      [
        'cms',
        '-sign',
        '-cades',
        '-binary',
        '-in',
        file('content'),
        '-outform',
        'DER',
        '-out',
        file('theirs.p7s'),
      ].concat(['-signer', signer.certificateFile, '-inkey', signer.keyFile, '-md', hash, ...more]),
    );
    const bytes = new Uint8Array(await readFile(file('theirs.p7s')));
    const result = await check(bytes);
    assert.equal(result.status, 'valid', `${name} ${hash}`);
    assert.deepEqual(result.findings, [{ id: 'signing-time-present', severity: 'warning' }]);
    assert.ok(Math.abs((result.signer?.signingTime ?? 0) - Date.now()) < 600_000);
    assert.equal((await check(Uint8Array.from([...bytes, ...new Uint8Array(500)]))).status, 'valid', 'rest of a slot');
    const path = await buildPath({
      certificate: parseCertificate(signer.der),
      pool: signer.chain.map(parseCertificate),
      anchors: pki.roots.map(parseCertificate),
      at: Date.now(),
      purpose: 'signature',
      engine,
    });
    assert.equal(path.status, 'valid');
  }
});

test('signatures of OpenSSL that are not for a PDF say why', async () => {
  const signer = pki.get('doctorRsa');
  const make = async (...more: readonly string[]) => {
    const base = ['cms', '-sign', '-binary', '-in', file('content'), '-signer', signer.certificateFile];
    await openssl([...base, '-inkey', signer.keyFile, '-outform', 'DER', '-out', file('odd.p7s'), ...more]);
    const result = await check(new Uint8Array(await readFile(file('odd.p7s'))));
    return [result.status, ...result.findings.map(({ id }) => id).filter((id) => id !== 'signing-time-present')].join(
      ' ',
    );
  };
  assert.equal(await make(), 'valid signing-certificate-missing');
  assert.equal(await make('-cades', '-nodetach'), 'invalid content-embedded');
  assert.equal(await make('-noattr'), 'invalid signed-attributes-missing signing-certificate-missing');
  assert.equal(await make('-cades', '-nocerts'), 'invalid certificate-missing');
  assert.equal(await make('-cades', '-md', 'sha1'), 'invalid weak-digest signing-certificate-v1');
  assert.equal(
    await make('-cades', '-signer', pki.get('doctorEc').certificateFile, '-inkey', pki.get('doctorEc').keyFile),
    'invalid several-signers',
  );
  assert.match(await make('-cades', '-stream', '-nodetach'), /ber-encoding.*content-embedded/);
  assert.match(await make('-cades', '-econtent_type', '1.2.3.4'), /^invalid content-type-unexpected/);
});

test('a certificate from elsewhere completes a signature that carries none', async () => {
  const signer = pki.get('doctorEc');
  const base = ['cms', '-sign', '-cades', '-binary', '-nocerts', '-in', file('content'), '-outform', 'DER'];
  await openssl([...base, '-signer', signer.certificateFile, '-inkey', signer.keyFile, '-out', file('bare.p7s')]);
  const signedData = parseSignedData(new Uint8Array(await readFile(file('bare.p7s'))));
  const certificates = [parseCertificate(signer.der)];
  const result = await checkSignerInfo({ signedData, contentDigest: digestOf, engine, certificates });
  assert.equal(result.status, 'valid');
});

/** The same values as old producers wrote them: indefinite lengths everywhere, octets in pieces. */
function toBer(node: DerNode): Uint8Array {
  const first = node.bytes[0] ?? 0;
  if (first === 4 && node.contents.byteLength > 1)
    return Buffer.concat([
      Uint8Array.of(0x24, 0x80),
      derOctets(node.contents.subarray(0, 1)),
      Uint8Array.of(4, 0x81, node.contents.byteLength - 1).subarray(0, node.contents.byteLength < 129 ? 3 : 0),
      ...(node.contents.byteLength < 129 ? [node.contents.subarray(1)] : [derOctets(node.contents.subarray(1))]),
      Uint8Array.of(0, 0),
    ]);
  if (!node.constructed) return node.bytes;
  return Buffer.concat([Uint8Array.of(first, 0x80), ...node.children.map(toBer), Uint8Array.of(0, 0)]);
}

test('BER of old producers is read, turned into DER, and reported', async () => {
  for (const name of ['doctorRsa', 'doctorEc'] as const) {
    const strict = await signedBy(name, 'sha-256');
    const ber = toBer(readDer(strict));
    const result = await check(Uint8Array.from([...ber, ...new Uint8Array(100)]));
    assert.deepEqual(result.findings, [{ id: 'ber-encoding', severity: 'warning' }]);
    assert.equal(result.status, 'valid');
    assert.deepEqual(Buffer.from(parseSignedData(ber).der), Buffer.from(strict));
    const more = await check(Uint8Array.from([...ber, 7]));
    assert.deepEqual(
      more.findings.map(({ id }) => id),
      ['ber-encoding', 'bytes-after'],
    );
    assert.equal(more.status, 'invalid');
  }
});

test('time stamps: what OpenSSL answers we read, what we ask OpenSSL understands', async () => {
  const imprint = new Uint8Array(createHash('sha256').update(content).digest());
  await writeFile(
    file('request.tsq'),
    buildTimestampRequest({ hash: 'sha-256', imprint, nonce: 99n, policy: '2.999.3161.2' }),
  );
  const shown = await openssl(['ts', '-query', '-in', file('request.tsq'), '-text']);
  assert.match(
    shown.stdout.toString(),
    /Policy OID: 2\.999\.3161\.2[\s\S]*Nonce: 0x63[\s\S]*Certificate required: yes/,
  );
  for (const path of ['tsa', 'tsa/ec']) {
    const bytes = await stamp(imprint, path, 2n ** 63n);
    await writeFile(file('token.tst'), bytes);
    const untrusted = join(work, 'chain.pem');
    await writeFile(untrusted, await readFile(pki.get(path === 'tsa' ? 'issuingRsa' : 'issuingEc').certificateFile));
    const verify = ['ts', '-verify', '-in', file('token.tst'), '-token_in', '-data', file('content')];
    await openssl([...verify, '-CAfile', pki.rootsFile, '-untrusted', untrusted]);
    const token = parseTimestampToken(bytes);
    assert.equal(token.nonce, 2n ** 63n);
    assert.equal(token.hash, 'sha-256');
    assert.equal(token.accuracyMs, 1000);
    assert.ok(Math.abs(token.time - Date.now()) < 600_000);
    const good = await checkTimestampToken({ token, imprint: digestOf, engine });
    assert.deepEqual(good.findings, []);
    assert.equal(good.status, 'valid');
    const bad = await checkTimestampToken({ token, imprint: () => new Uint8Array(32), engine });
    assert.equal(bad.status, 'invalid');
    assert.deepEqual(bad.findings, [{ id: 'imprint-wrong', severity: 'error' }]);
    assert.equal(bad.signatureHolds, true);
  }
});

test('a refusal of the authority is read with its reason', async () => {
  const request = buildTimestampRequest({ hash: 'sha-1', imprint: new Uint8Array(20) });
  const headers = { 'content-type': 'application/timestamp-query' };
  const answer = await handler(new Request('http://pki.test/tsa', { method: 'POST', body: request, headers }));
  assert.deepEqual(parseTimestampResponse(new Uint8Array(await answer.arrayBuffer())), {
    status: 'refused',
    code: 2,
    failInfo: ['bad-alg'],
  });
});

test('what is signed is the SET OF itself, in DER order', async () => {
  const bytes = await signedBy('doctorEc', 'sha-256');
  const [signer] = parseSignedData(bytes).signers;
  assert.ok(signer?.signedAttributes);
  assert.equal(signer.signedAttributes[0], 0x31);
  const members = readDer(signer.signedAttributes).children;
  assert.equal(members.length, 3);
  const expected = await buildSignedAttributes({
    certificate: pki.get('doctorEc').der,
    hash: 'sha-256',
    digest: await digestOf('sha-256'),
    engine,
  });
  assert.ok(equalBytes(signer.signedAttributes, expected));
});
