import { ecdsaToDer, openCryptoEngine } from '../../crypto/index.js';
import {
  der,
  derBits,
  derContext,
  derContextPrimitive,
  derGeneralizedTime,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  derTime,
  oids,
} from '../../der/index.js';
import type { IssuedCertificate } from '../../testing/issue-certificate.js';

/** OCSP's good. */
export const ocspGood = derContextPrimitive(0, new Uint8Array(0));
/** OCSP's unknown. */
export const ocspUnknown = derContextPrimitive(2, new Uint8Array(0));
/** OCSP's revoked, with a CRLReason. */
export const ocspRevoked = (at: number, reason?: number): Uint8Array =>
  der(0xa1, derGeneralizedTime(at), ...(reason === undefined ? [] : [derContext(0, der(10, Uint8Array.of(reason)))]));

/** Signed body with ECDSA; SHA-1 for evidence that is too weak. */
async function signed(
  body: Uint8Array<ArrayBuffer>,
  { keys }: IssuedCertificate,
  hash: 'SHA-1' | 'SHA-256',
  ...after: readonly Uint8Array[]
): Promise<Uint8Array<ArrayBuffer>> {
  const raw = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash }, keys.privateKey, body));
  return derSequence(body, identifier(hash), derBits(ecdsaToDer(raw)), ...after);
}

const identifier = (hash: 'SHA-1' | 'SHA-256'): Uint8Array =>
  derSequence(derOid(hash === 'SHA-1' ? oids.ecdsaWithSha1 : oids.ecdsaWithSha256));

/** One SingleResponse. */
export interface SingleParts {
  readonly issuer: IssuedCertificate;
  readonly serial: bigint;
  /** DER CertStatus. Default good. */
  readonly status?: Uint8Array;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly until?: number | undefined;
  readonly hash?: 'sha-1' | 'sha-256';
  readonly extensions?: readonly Uint8Array[] | undefined;
}

async function single(parts: SingleParts): Promise<Uint8Array> {
  const { issuer, hash = 'sha-1', from, until } = parts;
  const engine = await openCryptoEngine();
  const id = derSequence(
    hash === 'sha-1' ? derSequence(derOid(oids.sha1), derNull()) : derSequence(derOid(oids.sha256)),
    derOctets(await engine.digest(hash, issuer.certificate.subject.der)),
    derOctets(await engine.digest(hash, issuer.certificate.keyBits)),
    derInteger(parts.serial),
  );
  return derSequence(
    id,
    parts.status ?? ocspGood,
    derGeneralizedTime(from),
    ...(until === undefined ? [] : [derContext(0, derGeneralizedTime(until))]),
    ...(parts.extensions ? [derContext(1, derSequence(...parts.extensions))] : []),
  );
}

/** A successful OCSP response, made by hand. */
export async function makeOcsp(parts: {
  readonly singles: readonly SingleParts[];
  readonly signer: IssuedCertificate;
  /** Whom the response names. Default the signer. */
  readonly named?: IssuedCertificate | undefined;
  /** Certificates that come along. Default the signer's. */
  readonly carried?: readonly IssuedCertificate[] | undefined;
  readonly producedAt: number;
  readonly extensions?: readonly Uint8Array[] | undefined;
  readonly byKey?: boolean | undefined;
  readonly hash?: 'SHA-1' | 'SHA-256';
}): Promise<Uint8Array> {
  const { signer, extensions, hash = 'SHA-256' } = parts;
  const { subject, keyBits } = (parts.named ?? signer).certificate;
  const engine = await openCryptoEngine();
  const body = derSequence(
    parts.byKey ? derContext(2, derOctets(await engine.digest('sha-1', keyBits))) : derContext(1, subject.der),
    derGeneralizedTime(parts.producedAt),
    derSequence(...(await Promise.all(parts.singles.map(single)))),
    ...(extensions ? [derContext(1, derSequence(...extensions))] : []),
  );
  const carried = (parts.carried ?? [signer]).map((one) => one.certificate.der);
  const basic = await signed(body, signer, hash, derContext(0, derSequence(...carried)));
  return derSequence(der(10, Uint8Array.of(0)), derContext(0, derSequence(derOid(oids.ocspBasic), derOctets(basic))));
}

/** One entry of a list. */
export const crlEntry = (serial: bigint, at: number, ...extensions: readonly Uint8Array[]): Uint8Array =>
  derSequence(derInteger(serial), derTime(at), ...(extensions.length > 0 ? [derSequence(...extensions)] : []));

/** A list of revoked certificates, made by hand. */
export async function makeCrl(parts: {
  readonly signer: IssuedCertificate;
  readonly from: number;
  readonly until: number;
  readonly entries?: readonly Uint8Array[] | undefined;
  readonly extensions?: readonly Uint8Array[] | undefined;
  readonly hash?: 'SHA-1' | 'SHA-256';
}): Promise<Uint8Array> {
  const { signer, entries = [], extensions = [], hash = 'SHA-256' } = parts;
  const body = derSequence(
    derInteger(1),
    identifier(hash),
    signer.certificate.subject.der,
    derTime(parts.from),
    derTime(parts.until),
    ...(entries.length > 0 ? [derSequence(...entries)] : []),
    ...(extensions.length > 0 ? [derContext(0, derSequence(...extensions))] : []),
  );
  return signed(body, signer, hash);
}
