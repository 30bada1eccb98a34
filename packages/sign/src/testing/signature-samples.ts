import { buildSignedAttributes, buildSignedData, withSignatureTimestamp } from '../cms/index.js';
import { ecdsaToDer, openCryptoEngine } from '../crypto/index.js';
import {
  derContext,
  derContextPrimitive,
  derGeneralizedTime,
  derIa5,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  derTime,
  der,
  oids,
} from '../der/index.js';
import { derExtension, issueCertificate, signStructure } from './issue-certificate.js';

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A changed copy: bits turned, lengths and tags replaced, pieces cut out, doubled or swapped. */
export function mutate(sample: Uint8Array, random: () => number): Uint8Array {
  const below = (limit: number): number => Math.floor(random() * limit);
  let bytes = sample.slice();
  for (let changes = 1 + below(4); changes > 0 && bytes.byteLength > 0; changes -= 1) {
    const at = below(bytes.byteLength);
    switch (below(6)) {
      case 0:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
        break;
      case 1:
        bytes[at] = [0, 0x80, 0xff, 0x30, 0x31, 0xa0, 0x84, 0x1f][below(8)] ?? 0;
        break;
      case 2:
        bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1 + below(8))]);
        break;
      case 3:
        bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(Math.max(0, at - below(40)))]);
        break;
      case 4:
        bytes = bytes.slice(0, at);
        break;
      default:
        bytes.copyWithin(at, below(bytes.byteLength), at + below(30));
    }
  }
  return bytes;
}

/** A signature, one with a timestamp attribute, a certificate, a revocation list, an OCSP response; keys are new each time. */
export async function signatureSamples(): Promise<readonly Uint8Array[]> {
  const engine = await openCryptoEngine();
  const names = derSequence(derContextPrimitive(2, derIa5('hean.test').subarray(2)));
  const root = await issueCertificate({ name: '测试根证书', authority: true, pathLength: 1, keyUsage: '000001100' });
  const doctor = await issueCertificate({
    name: '测试医师',
    issuer: root,
    keyUsage: '110000000',
    uses: [oids.ocspSigning],
    extensions: [derExtension(oids.subjectAltName, names)],
  });
  const certificate = doctor.certificate.der;
  const digest = new Uint8Array(32).fill(7);
  const signedAttributes = await buildSignedAttributes({ certificate, hash: 'sha-256', digest, engine });
  const raw = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, doctor.keys.privateKey, signedAttributes);
  const cms = buildSignedData({
    certificate,
    chain: [root.certificate.der],
    algorithm: { kind: 'ecdsa', hash: 'sha-256' },
    hash: 'sha-256',
    signedAttributes,
    signature: ecdsaToDer(new Uint8Array(raw)),
  });
  const entry = derSequence(derInteger(9), derTime(1e12));
  const list = derSequence(
    derInteger(1),
    derSequence(derOid(oids.ecdsaWithSha256)),
    root.certificate.subject.der,
    derTime(1e12),
    derTime(2e12),
    derSequence(entry, entry),
    derContext(0, derSequence(derExtension(oids.crlNumber, derInteger(3)))),
  );
  const id = derSequence(
    derSequence(derOid(oids.sha1), derNull()),
    derOctets(digest),
    derOctets(digest),
    derInteger(9),
  );
  const single = derSequence(id, derContextPrimitive(0, new Uint8Array(0)), derGeneralizedTime(1e12));
  const body = derSequence(derContext(1, root.certificate.subject.der), derGeneralizedTime(1e12), derSequence(single));
  const basic = await signStructure(body, root.keys.privateKey);
  const response = derSequence(
    der(10, Uint8Array.of(0)),
    derContext(0, derSequence(derOid(oids.ocspBasic), derOctets(basic))),
  );
  return [
    cms,
    withSignatureTimestamp(cms, cms),
    certificate,
    await signStructure(list, root.keys.privateKey),
    response,
  ];
}
