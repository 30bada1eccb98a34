import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, before, test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { openssl, openTestPki, type TestPki } from '../../../../fixtures/src/pki/index.js';
import { readPublicKey } from '../crypto/public-key.js';
import {
  der,
  derBits,
  derBoolean,
  derContext,
  derContextPrimitive,
  derIa5,
  derInteger,
  derOctets,
  derOid,
  derPrintable,
  derSequence,
  derSetOf,
  derTime,
  derUtf8,
  oids,
  readDer,
} from '../der/index.js';
import { parseCertificate } from './index.js';
import { readName } from './name.js';

let pki: TestPki;
before(async () => {
  pki = await openTestPki();
});
after(() => pki.close());

test('certificates of every kind say what OpenSSL says of them', async () => {
  for (const { der: bytes, certificateFile, name } of pki.certificates.values()) {
    const certificate = parseCertificate(bytes);
    const shown = await openssl(
      ['x509', '-in', certificateFile, '-noout', '-subject', '-issuer', '-serial'].concat([
        '-nameopt',
        'RFC2253,utf8,-esc_msb',
      ]),
    );
    assert.deepEqual(
      shown.stdout.toString().trim().split('\n'),
      [
        `subject=${certificate.subject.text}`,
        `issuer=${certificate.issuer.text}`,
        `serial=${certificate.serialHex.toUpperCase().replace(/^00/, '')}`,
      ],
      name,
    );
    const node = new X509Certificate(bytes);
    assert.equal(certificate.notBefore, Date.parse(node.validFrom));
    assert.equal(certificate.notAfter, Date.parse(node.validTo));
    assert.equal(certificate.basicConstraints?.ca ?? false, node.ca);
    assert.deepEqual(certificate.extendedKeyUsage, node.keyUsage as string[] | undefined);
    const access = node.infoAccess ?? '';
    assert.ok(certificate.ocspUrls.every((url) => access.includes(`OCSP - URI:${url}`)));
    assert.ok(certificate.caIssuersUrls.every((url) => access.includes(`CA Issuers - URI:${url}`)));
  }
  const doctor = parseCertificate(pki.get('doctorRsa').der);
  assert.equal(doctor.ocspUrls.length, 1);
  assert.equal(doctor.crlUrls.length, 1);
  assert.equal(doctor.subject.commonName, '测试医师 甲');
  assert.deepEqual([...(doctor.keyUsage ?? [])], ['digital-signature', 'non-repudiation']);
  assert.deepEqual(doctor.publicKey, { kind: 'rsa', bits: 2048, exponent: 65537n });
  assert.equal(parseCertificate(pki.get('doctorSm2').der).publicKey.kind, 'sm2');
  const encryption = parseCertificate(pki.get('doctorSm2Encryption').der);
  assert.equal(encryption.keyUsage?.has('digital-signature'), false);
  const ocsp = parseCertificate(pki.get('ocspRsa').der);
  assert.equal(ocsp.ocspNoCheck, true);
  const root = parseCertificate(pki.get('rootEc').der);
  const issuing = parseCertificate(pki.get('issuingEc').der);
  assert.deepEqual(issuing.authorityKeyId, root.subjectKeyId);
  assert.equal(root.selfIssued, true);
});

test('SM2 keys are known by both forms of GM/T 0015', () => {
  const { keyBits, spki } = parseCertificate(pki.get('doctorSm2').der);
  assert.equal(readPublicKey(spki).info.kind, 'sm2');
  for (const parameters of [[], [derOid(oids.sm2Curve)]])
    assert.equal(
      readPublicKey(derSequence(derSequence(derOid(oids.sm2Curve), ...parameters), derBits(keyBits))).info.kind,
      'sm2',
    );
  assert.equal(
    readPublicKey(derSequence(derSequence(derOid(oids.ecPublicKey), derOid('1.3.132.0.10')), derBits(keyBits))).info
      .kind,
    'unknown',
  );
});

const part = (oid: string, value: Uint8Array): Uint8Array => derSetOf(derSequence(derOid(oid), value));
const nameOf = (...parts: Uint8Array[]) => readName(readDer(derSequence(...parts)));

test('names are written as RFC 4514 says, and compared without case and extra spaces', () => {
  assert.equal(
    nameOf(
      part('2.5.4.6', derPrintable('CN')),
      part('2.5.4.10', derUtf8(' a, "b" #;')),
      part('2.5.4.3', derUtf8('张三')),
    ).text,
    'CN=张三,O=\\ a\\, \\"b\\" #\\;,C=CN',
  );
  assert.equal(nameOf(part('2.5.4.3', derUtf8('#x '))).text, 'CN=\\#x\\ ');
  assert.equal(nameOf(part('1.2.3.4', derUtf8('a'))).text, '1.2.3.4=#0C0161');
  const both = derSetOf(
    derSequence(derOid('2.5.4.3'), derUtf8('a')),
    derSequence(derOid('2.5.4.5'), derPrintable('9900')),
  );
  assert.equal(nameOf(both).text, 'CN=a+serialNumber=9900');
  const bmp = der(30, Uint8Array.of(0x5f, 0x20, 0x4e, 0x09));
  assert.equal(nameOf(part('2.5.4.3', bmp)).text, 'CN=张三');
  assert.equal(nameOf(part('2.5.4.3', bmp)).key, nameOf(part('2.5.4.3', derUtf8('张三'))).key);
  assert.equal(
    nameOf(part('2.5.4.10', derPrintable('Hospital  One '))).key,
    nameOf(part('2.5.4.10', derUtf8('HOSPITAL one'))).key,
  );
  assert.notEqual(nameOf(part('2.5.4.10', derUtf8('a'))).key, nameOf(part('2.5.4.3', derUtf8('a'))).key);
  assert.notEqual(
    nameOf(part('2.5.4.10', derUtf8('a')), part('2.5.4.3', derUtf8('b'))).key,
    nameOf(part('2.5.4.3', derUtf8('b')), part('2.5.4.10', derUtf8('a'))).key,
  );
});

const algorithm = derSequence(derOid(oids.ecdsaWithSha256));
const extension = (oid: string, value: Uint8Array, critical?: Uint8Array): Uint8Array =>
  derSequence(derOid(oid), ...(critical ? [critical] : []), derOctets(value));

/** A certificate put together by hand; nobody signed it. */
function craft(changes: {
  readonly version?: Uint8Array | undefined;
  readonly serial?: Uint8Array;
  readonly inner?: Uint8Array;
  readonly validity?: Uint8Array;
  readonly subject?: Uint8Array;
  readonly spki?: Uint8Array;
  readonly extensions?: readonly Uint8Array[];
  readonly tail?: readonly Uint8Array[];
  readonly after?: readonly Uint8Array[];
}): Uint8Array {
  const name = derSequence(part('2.5.4.3', derUtf8('a')));
  const tbs = derSequence(
    ...('version' in changes ? (changes.version ? [changes.version] : []) : [derContext(0, derInteger(2))]),
    changes.serial ?? derInteger(1),
    changes.inner ?? algorithm,
    name,
    changes.validity ?? derSequence(derTime(0), derTime(1e12)),
    changes.subject ?? name,
    changes.spki ?? parseCertificate(pki.get('doctorEc').der).spki,
    ...(changes.tail ?? (changes.extensions ? [derContext(3, derSequence(...changes.extensions))] : [])),
  );
  return derSequence(tbs, algorithm, derBits(new Uint8Array(8)), ...(changes.after ?? []));
}

test('a certificate by hand is read, with constraints, policies and names', () => {
  const certificate = parseCertificate(
    craft({
      extensions: [
        extension(oids.basicConstraints, derSequence(derBoolean(true), derInteger(3)), derBoolean(true)),
        extension(oids.certificatePolicies, derSequence(derSequence(derOid('2.999.1')))),
        extension(oids.policyConstraints, derSequence(derContextPrimitive(0, Uint8Array.of(2)))),
        extension(
          oids.nameConstraints,
          derSequence(derContext(0, derSequence(derContextPrimitive(2, derIa5('x').subarray(2))))),
        ),
        extension(oids.subjectAltName, derSequence(derContextPrimitive(1, derIa5('a@b').subarray(2)))),
        extension('2.999.7', derOctets(new Uint8Array(1)), derBoolean(true)),
        extension('2.999.8', derOctets(new Uint8Array(1)), derBoolean(false)),
      ],
    }),
  );
  assert.deepEqual(certificate.basicConstraints, { ca: true, pathLength: 3 });
  assert.deepEqual(certificate.policies, ['2.999.1']);
  assert.equal(certificate.requireExplicitPolicy, 2);
  assert.deepEqual(certificate.nameConstraints, { permitted: [{ kind: 'dns', text: 'x' }], excluded: [] });
  assert.deepEqual(certificate.subjectAltNames, [{ kind: 'email', text: 'a@b' }]);
  assert.deepEqual(certificate.unknownCritical, ['2.999.7']);
  assert.equal(parseCertificate(craft({ version: undefined })).version, 1);
});

test('what is not a certificate is certificate-malformed, never another error', () => {
  const good = pki.get('doctorEc').der;
  const sans = extension(oids.subjectAltName, derSequence(derContextPrimitive(2, derIa5('a').subarray(2))));
  const cases: Record<string, Uint8Array> = {
    empty: new Uint8Array(0),
    'not DER': Uint8Array.of(1, 2, 3),
    'a number': derInteger(5),
    'bytes after': Uint8Array.from([...good, 0]),
    truncated: good.subarray(0, 200),
    'a field after the signature': craft({ after: [derInteger(1)] }),
    'version 4': craft({ version: derContext(0, derInteger(3)) }),
    'two versions': craft({ version: derContext(0, derInteger(2), derInteger(2)) }),
    'serial number with a filler byte': craft({ serial: Uint8Array.of(2, 2, 0, 1) }),
    'no serial number': craft({ serial: derSequence() }),
    'another algorithm inside': craft({ inner: derSequence(derOid(oids.ecdsaWithSha384)) }),
    'one date only': craft({ validity: derSequence(derTime(0)) }),
    'the 31st of February': craft({
      validity: derSequence(der(23, new TextEncoder().encode('250231000000Z')), derTime(1e12)),
    }),
    'a date without Z': craft({
      validity: derSequence(der(23, new TextEncoder().encode('250201000000+0800')), derTime(1e12)),
    }),
    'an empty RDN': craft({ subject: derSequence(derSetOf()) }),
    'a name that is not UTF-8': craft({ subject: derSequence(part('2.5.4.3', der(12, Uint8Array.of(0xff, 0xfe)))) }),
    'a BMP name of odd length': craft({ subject: derSequence(part('2.5.4.3', der(30, Uint8Array.of(0x5f)))) }),
    'a key with unused bits': craft({
      spki: derSequence(derSequence(derOid(oids.ed25519)), derBits(new Uint8Array(32), 3)),
    }),
    'an RSA key below zero': craft({
      spki: derSequence(derSequence(derOid(oids.rsaEncryption)), derBits(derSequence(derInteger(-5), derInteger(3)))),
    }),
    'an extension twice': craft({ extensions: [sans, sans] }),
    'extensions in version 1': craft({ version: undefined, extensions: [sans] }),
    'an unknown field': craft({ tail: [derContext(4, derInteger(1))] }),
    'fields out of order': craft({
      tail: [derContext(3, derSequence(sans)), derContextPrimitive(1, Uint8Array.of(0, 1))],
    }),
    'a flag that is neither TRUE nor FALSE': craft({
      extensions: [extension('2.999.7', derOctets(new Uint8Array(1)), der(1, Uint8Array.of(1)))],
    }),
    'a key usage that is not bits': craft({ extensions: [extension(oids.keyUsage, derInteger(1))] }),
    'a path length below zero': craft({
      extensions: [extension(oids.basicConstraints, derSequence(derBoolean(true), derInteger(-1)))],
    }),
    'bounds in a name constraint': craft({
      extensions: [
        extension(
          oids.nameConstraints,
          derSequence(
            derContext(
              0,
              derSequence(derContextPrimitive(2, Uint8Array.of(97)), derContextPrimitive(0, Uint8Array.of(1))),
            ),
          ),
        ),
      ],
    }),
  };
  for (const [name, bytes] of Object.entries(cases))
    assert.throws(
      () => parseCertificate(bytes),
      (error) => AnjuanError.is(error, 'certificate-malformed'),
      name,
    );
});
