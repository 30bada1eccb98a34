import { ecdsaToDer } from '../crypto/index.js';
import {
  derBits,
  derBoolean,
  derContext,
  derInteger,
  derOctets,
  derOid,
  derSequence,
  derSetOf,
  derTime,
  derUtf8,
  oids,
} from '../der/index.js';
import { parseCertificate, type Certificate } from '../x509/index.js';

/** A certificate and the key that it speaks of. */
export interface IssuedCertificate {
  readonly certificate: Certificate;
  readonly keys: CryptoKeyPair;
}

/** What to issue. */
export interface IssueOptions {
  readonly name: string;
  /** Default: self-signed. */
  readonly issuer?: IssuedCertificate;
  /** Default false. */
  readonly authority?: boolean;
  readonly pathLength?: number;
  /** Bits of keyUsage in their order, for example `100000000`. Default: none said. */
  readonly keyUsage?: string;
  /** Object identifiers of extendedKeyUsage, marked critical. */
  readonly uses?: readonly string[];
  /** DER Extensions to add. */
  readonly extensions?: readonly Uint8Array[];
  /** Milliseconds since 1970. Default 2020 to 2040. */
  readonly notBefore?: number;
  readonly notAfter?: number;
  /** Default: a new pair. */
  readonly keys?: CryptoKeyPair;
  readonly serial?: number;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const identifier = derSequence(derOid(oids.ecdsaWithSha256));

/** A Name with one common name. */
export const commonNameOf = (text: string): Uint8Array<ArrayBuffer> =>
  derSequence(derSetOf(derSequence(derOid(oids.commonName), derUtf8(text))));

/** One DER Extension. */
export const derExtension = (oid: string, value: Uint8Array, options: { critical?: boolean } = {}) =>
  derSequence(derOid(oid), ...(options.critical ? [derBoolean(true)] : []), derOctets(value));

/** DER BIT STRING of named bits, without zeros at the end. */
export function namedBits(bits: string): Uint8Array<ArrayBuffer> {
  const used = bits.replace(/0+$/, '');
  const bytes = new Uint8Array(Math.ceil(used.length / 8));
  [...used].forEach((bit, index) => {
    if (bit === '1') bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (0x80 >> (index & 7));
  });
  return derBits(bytes, bytes.byteLength * 8 - used.length);
}

/** DER SEQUENCE { body, algorithm, signature } by ECDSA P-256 with SHA-256. */
export async function signStructure(
  body: Uint8Array<ArrayBuffer>,
  key: CryptoKey,
  ...after: readonly Uint8Array[]
): Promise<Uint8Array<ArrayBuffer>> {
  const raw = new Uint8Array(await crypto.subtle.sign(ALGORITHM, key, body));
  return derSequence(body, identifier, derBits(ecdsaToDer(raw)), ...after);
}

/** Issues a certificate for tests: P-256, signed by the issuer or by itself. */
export async function issueCertificate(options: IssueOptions): Promise<IssuedCertificate> {
  const { issuer, authority, pathLength, keyUsage, uses } = options;
  const keys = options.keys ?? (await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']));
  const constraints = derSequence(derBoolean(true), ...(pathLength === undefined ? [] : [derInteger(pathLength)]));
  const extensions = [
    ...(authority ? [derExtension(oids.basicConstraints, constraints, { critical: true })] : []),
    ...(keyUsage === undefined ? [] : [derExtension(oids.keyUsage, namedBits(keyUsage), { critical: true })]),
    ...(uses ? [derExtension(oids.extendedKeyUsage, derSequence(...uses.map(derOid)), { critical: true })] : []),
    ...(options.extensions ?? []),
  ];
  const body = derSequence(
    derContext(0, derInteger(2)),
    derInteger(options.serial ?? crypto.getRandomValues(new Uint32Array(1))[0] ?? 1),
    identifier,
    issuer?.certificate.subject.der ?? commonNameOf(options.name),
    derSequence(derTime(options.notBefore ?? Date.UTC(2020, 0)), derTime(options.notAfter ?? Date.UTC(2040, 0))),
    commonNameOf(options.name),
    new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey)),
    ...(extensions.length > 0 ? [derContext(3, derSequence(...extensions))] : []),
  );
  const der = await signStructure(body, (issuer?.keys ?? keys).privateKey);
  return { certificate: parseCertificate(der), keys };
}
