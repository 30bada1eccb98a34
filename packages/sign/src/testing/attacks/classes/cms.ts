import { buildSignedAttributes, buildSignedData, signatureAlgorithmFor } from '../../../cms/index.js';
import { joinBytes } from '../../../bytes/byte-source.js';
import { openCryptoEngine, type HashAlgorithm } from '../../../crypto/index.js';
import {
  der,
  derContext,
  derInteger,
  derOctets,
  derOid,
  derSequence,
  derSetOf,
  readDer,
  readInteger,
  type DerNode,
} from '../../../der/index.js';
import { parseCertificate } from '../../../x509/index.js';
import { openSoftwareKey } from '../../signer-software-key.js';
import { attacks, type Attack } from '../attack.js';
import type { SignedBase } from '../bases.js';
import type { ForgeName } from '../forge.js';
import { place, splice } from '../signature-place.js';

const SET = 0x31;
/** Places in SignedData and SignerInfo. @source RFC 5652 5.1, 5.3 */
const [ALGORITHMS, CONTENT, CERTIFICATES] = [1, 2, 3];
const [SIGNER_ID, DIGEST, ATTRIBUTES, SIGNATURE_ALGORITHM, SIGNATURE] = [1, 2, 3, 4, 5];
const HASH_OIDS = { md5: '1.2.840.113549.2.5', sha1: '1.3.14.3.2.26', 'sha-512': '2.16.840.1.101.3.4.2.3' } as const;

/** The same structure with one part replaced; `path` counts children. */
function edit(node: DerNode, path: readonly number[], change: (part: DerNode) => Uint8Array): Uint8Array {
  const [index, ...rest] = path;
  if (index === undefined) return change(node);
  const parts = node.children.map((child, place) => (place === index ? edit(child, rest, change) : child.bytes));
  return der(node.bytes[0] ?? 0, ...parts);
}

const signedData = (node: DerNode): DerNode => node.children[1]?.children[0] ?? node;
const inData = (cms: DerNode, part: number, change: (part: DerNode) => Uint8Array): Uint8Array =>
  edit(cms, [1, 0, part], change);
const inSigner = (cms: DerNode, path: readonly number[], change: (part: DerNode) => Uint8Array): Uint8Array =>
  edit(cms, [1, 0, signedData(cms).children.length - 1, 0, ...path], change);
const signers = (cms: DerNode, change: (part: DerNode) => Uint8Array): Uint8Array =>
  inData(cms, signedData(cms).children.length - 1, change);

const valueOf = (bytes: Uint8Array): Uint8Array => {
  const { digits } = place(bytes);
  const whole = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return readDer(whole, { allowTrailing: true }).bytes;
};

function refill(bytes: Uint8Array, value: Uint8Array): Uint8Array | undefined {
  const { gapStart, gapEnd, digits } = place(bytes);
  const hex = Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.length > digits.length
    ? undefined
    : splice(bytes, gapStart, gapEnd, `<${hex.padEnd(digits.length, '0')}>`);
}

/** Another structure in the slot of the signature. */
const game =
  (
    change: (cms: DerNode, base: SignedBase) => Uint8Array | undefined | Promise<Uint8Array | undefined>,
  ): Attack['make'] =>
  async (base) => {
    const value = await change(readDer(valueOf(base.bytes)), base);
    return value && refill(base.bytes, value);
  };

const digestOid = (name: keyof typeof HASH_OIDS): Uint8Array => derSequence(derOid(HASH_OIDS[name]));
const without = (node: DerNode, index: number): Uint8Array =>
  der(node.bytes[0] ?? 0, ...node.children.filter((_, place) => place !== index).map(({ bytes }) => bytes));
const doubled = (node: DerNode, index: number): Uint8Array =>
  der(node.bytes[0] ?? 0, ...node.children.flatMap(({ bytes }, place) => (place === index ? [bytes, bytes] : [bytes])));

/** A CMS that is fine in itself, of another content or person. */
async function foreign(
  base: SignedBase,
  options: { name?: ForgeName; claimed?: ForgeName; digest?: Uint8Array; attributes?: false },
) {
  const { name = base.signer, claimed = name } = options;
  const engine = await openCryptoEngine();
  const hash: HashAlgorithm = name === 'doctorSm2' ? 'sm3' : 'sha-256';
  const { range } = place(base.bytes);
  const covered = joinBytes([base.bytes.subarray(0, range[1]), base.bytes.subarray(range[2])]);
  const digest = options.digest ?? (await engine.digest(hash, covered));
  const { der: certificate, chain } = base.forge.key(claimed);
  const key = await openSoftwareKey(await base.forge.key(name).privateKey());
  const signedAttributes = await buildSignedAttributes({ certificate, hash, digest, engine });
  const algorithm = signatureAlgorithmFor(parseCertificate(base.forge.key(name).der).publicKey, hash);
  const signature = await key.signBytes(hash, signedAttributes);
  return buildSignedData({ certificate, chain, algorithm, hash, signedAttributes, signature });
}

/** The two numbers of an ECDSA or SM2 signature, changed. */
const numbers = (change: (r: bigint, s: bigint) => Uint8Array): Attack['make'] =>
  game((cms, { signer }) => {
    if (signer === 'doctorRsa') return undefined;
    return inSigner(cms, [SIGNATURE], ({ contents }) => {
      const [r = 0n, s = 0n] = readDer(contents).children.map(readInteger);
      return derOctets(change(r, s));
    });
  });
const pair = (r: bigint, s: bigint): Uint8Array => derSequence(derInteger(r), derInteger(s));
const raw = (value: bigint): Uint8Array =>
  Uint8Array.from(value.toString(16).padStart(64, '0').match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The value of RSA as bytes, changed. */
const power = (change: (value: Uint8Array) => Uint8Array): Attack['make'] =>
  game((cms, { signer }) =>
    signer === 'doctorRsa' ? inSigner(cms, [SIGNATURE], ({ contents }) => derOctets(change(contents))) : undefined,
  );

const attributeGames = Object.fromEntries(
  [0, 1, 2].flatMap((index): (readonly [string, Attack['make']])[] => [
    [`attribute-${String(index)}-removed`, game((cms) => inSigner(cms, [ATTRIBUTES], (part) => without(part, index)))],
    [`attribute-${String(index)}-twice`, game((cms) => inSigner(cms, [ATTRIBUTES], (part) => doubled(part, index)))],
    [
      `attribute-${String(index)}-changed`,
      game((cms) =>
        inSigner(cms, [ATTRIBUTES, index, 1], (part) => {
          const bytes = Uint8Array.from(part.bytes);
          bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
          return bytes;
        }),
      ),
    ],
    [
      `attribute-${String(index)}-two-values`,
      game((cms) => inSigner(cms, [ATTRIBUTES, index, 1], (part) => der(SET, part.contents, part.contents))),
    ],
    [`attribute-${String(index)}-no-value`, game((cms) => inSigner(cms, [ATTRIBUTES, index, 1], () => der(SET)))],
  ]),
);

export const cmsAttacks = attacks('cms', {
  'content-inside': game((cms, { bytes }) =>
    inData(cms, CONTENT, (part) =>
      derSequence(part.children[0]?.bytes ?? part.bytes, derContext(0, derOctets(bytes.subarray(0, 64)))),
    ),
  ),
  'content-empty': game((cms) =>
    inData(cms, CONTENT, (part) =>
      derSequence(part.children[0]?.bytes ?? part.bytes, derContext(0, derOctets(new Uint8Array()))),
    ),
  ),
  'content-other-type': game((cms) => inData(cms, CONTENT, () => derSequence(derOid('1.2.840.113549.1.7.5')))),
  'signers-two': game((cms) => signers(cms, (part) => der(SET, part.contents, part.contents))),
  'signers-two-foreign': game(async (cms, base) => {
    const other = readDer(await foreign(base, { name: 'doctorRsa3072' }));
    const info = signedData(other).children.at(-1)?.contents ?? new Uint8Array();
    return signers(cms, (part) => der(SET, part.contents, info));
  }),
  'signers-none': game((cms) => signers(cms, () => der(SET))),
  'other-document': game((_cms, base) => foreign(base, { digest: new Uint8Array(32).fill(7) })),
  'other-certificate': game((_cms, base) =>
    foreign(base, { claimed: base.signer === 'doctorEc' ? 'doctorSm2' : 'doctorEc' }),
  ),
  'other-key-same-name': game((_cms, base) =>
    base.signer === 'doctorRsa' ? foreign(base, { name: 'doctorRsa3072', claimed: 'doctorRsa' }) : undefined,
  ),
  'certificate-swapped': game((cms, { forge }) =>
    inData(cms, CERTIFICATES, () => derContext(0, forge.key('doctorRsa3072').der)),
  ),
  'signer-other': game((cms, { forge }) => {
    const { issuer, serial } = { issuer: parseCertificate(forge.key('doctorRsa3072').der).issuer.der, serial: 5 };
    return inSigner(cms, [SIGNER_ID], () => derSequence(issuer, derInteger(serial)));
  }),
  'digest-md5': game((cms) => inSigner(cms, [DIGEST], () => digestOid('md5'))),
  'digest-sha1': game((cms) => inSigner(cms, [DIGEST], () => digestOid('sha1'))),
  'digest-sha512': game((cms) => inSigner(cms, [DIGEST], () => digestOid('sha-512'))),
  'digest-unlisted': game((cms) => inData(cms, ALGORITHMS, () => derSetOf(digestOid('sha-512')))),
  'digest-none': game((cms) => inData(cms, ALGORITHMS, () => der(SET))),
  'algorithm-other': game((cms) =>
    inSigner(cms, [SIGNATURE_ALGORITHM], () => derSequence(derOid('1.2.840.113549.1.1.13'), Uint8Array.of(5, 0))),
  ),
  'algorithm-sha1': game((cms) =>
    inSigner(cms, [SIGNATURE_ALGORITHM], () => derSequence(derOid('1.2.840.113549.1.1.5'), Uint8Array.of(5, 0))),
  ),
  'attributes-gone': game((cms) => inSigner(cms, [], (part) => without(part, ATTRIBUTES))),
  'attributes-empty': game((cms) => inSigner(cms, [ATTRIBUTES], () => derContext(0))),
  'attributes-unsigned': game((cms) =>
    inSigner(cms, [], (part) => {
      const kept = part.children.filter((_, index) => index !== ATTRIBUTES).map(({ bytes }) => bytes);
      return derSequence(...kept, derContext(1, part.children[ATTRIBUTES]?.contents ?? new Uint8Array()));
    }),
  ),
  'attribute-added': game((cms) =>
    inSigner(cms, [ATTRIBUTES], (part) =>
      der(
        part.bytes[0] ?? 0,
        part.contents,
        derSequence(derOid('1.2.840.113549.1.9.16.2.16'), derSetOf(derSequence())),
      ),
    ),
  ),
  'signature-empty': game((cms) => inSigner(cms, [SIGNATURE], () => derOctets(new Uint8Array()))),
  'signature-zeros': game((cms) =>
    inSigner(cms, [SIGNATURE], ({ contents }) => derOctets(new Uint8Array(contents.length))),
  ),
  'signature-byte-more': game((cms) =>
    inSigner(cms, [SIGNATURE], ({ contents }) => derOctets(joinBytes([contents, Uint8Array.of(0)]))),
  ),
  'signature-byte-less': game((cms) =>
    inSigner(cms, [SIGNATURE], ({ contents }) => derOctets(contents.subarray(0, -1))),
  ),
  'structure-behind': game((cms) => joinBytes([cms.bytes, Uint8Array.of(0x30, 0)])),
  'structure-number': game(() => derInteger(7)),
  'structure-empty': game(() => derSequence()),
  'structure-not-signed': game((cms) => edit(cms, [0], () => derOid('1.2.840.113549.1.7.1'))),
  'structure-cut': game((cms) => cms.bytes.subarray(0, cms.bytes.length >> 1)),
  'ecdsa-zero': numbers(() => pair(0n, 0n)),
  'ecdsa-r-zero': numbers((_r, s) => pair(0n, s)),
  'ecdsa-s-zero': numbers((r) => pair(r, 0n)),
  'ecdsa-r-order': numbers((r, s) => pair(r + ORDER, s)),
  'ecdsa-s-order': numbers((r, s) => pair(r, s + ORDER)),
  'ecdsa-negative': numbers((r, s) => pair(-r, s)),
  'ecdsa-raw': numbers((r, s) => joinBytes([raw(r), raw(s)])),
  'ecdsa-three': numbers((r, s) => derSequence(derInteger(r), derInteger(s), derInteger(1))),
  'ecdsa-trailing': numbers((r, s) => joinBytes([pair(r, s), Uint8Array.of(0)])),
  'ecdsa-padded': numbers((r, s) => der(0x30, der(2, Uint8Array.of(0, 0), raw(r)), derInteger(s))),
  'ecdsa-swapped': numbers((r, s) => pair(s, r)),
  'rsa-leading-zero': power((value) => joinBytes([Uint8Array.of(0), value])),
  'rsa-one': power((value) => new Uint8Array(value.length).fill(1, value.length - 1)),
  'rsa-flipped': power((value) => value.map((byte, index) => (index === 9 ? byte ^ 1 : byte))),
  ...attributeGames,
});
