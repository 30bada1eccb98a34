import {
  buildSignedAttributes,
  buildSignedData,
  checkSignerInfo,
  parseSignedData,
  parseTimestampToken,
  withSignatureTimestamp,
} from '../cms/index.js';
import type { HashAlgorithm } from '../crypto/algorithms.js';
import { equalBytes } from '../der/index.js';
import { signError } from '../errors/sign-codes.js';
import type { SignRequest } from '../signers/signer.js';
import { timestampAuthorityOf, type SigningContext } from './context.js';
import { parseCertificate } from '../x509/index.js';
import type { SignerFacts } from './signer-facts.js';
import type { SignatureOptions } from './types.js';

/** What the signer is asked, and what its answer is built upon. */
export interface ValueRequest {
  readonly request: SignRequest;
  /** Digest of the content. */
  readonly digest: Uint8Array;
  /** SET OF signed attributes; empty when the signer builds the structure. */
  readonly attributes: Uint8Array;
}

/** The question for the signer. */
export async function askFor(
  facts: SignerFacts,
  options: SignatureOptions,
  prepared: { readonly digest: Uint8Array; readonly byteRange: readonly number[] },
  context: SigningContext,
): Promise<ValueRequest> {
  const { digest } = prepared;
  const { hash, way, identity, algorithm } = facts;
  const none = new Uint8Array();
  if (way === 'cms') return { request: { kind: 'cms', hash, digest }, digest, attributes: none };
  if (way === 'seal')
    return { request: { kind: 'seal', digest, propertyInfo: prepared.byteRange.join(' ') }, digest, attributes: none };
  const attributes = await buildSignedAttributes({
    certificate: identity.certificate,
    hash,
    digest,
    engine: context.engine,
    ...profileOf(options),
  });
  if (way === 'bytes') return { request: { kind: 'bytes', data: attributes }, digest, attributes };
  const signed =
    algorithm.kind === 'sm2' ? await sm2Imprint(facts, attributes) : await context.engine.digest(hash, attributes);
  return { request: { kind: 'digest', hash, digest: signed }, digest, attributes };
}

/** e = SM3(Z_A || attributes). @source GB/T 32918.2-2016 6.1; GM/T 0010 */
async function sm2Imprint({ algorithm, certificate }: SignerFacts, data: Uint8Array): Promise<Uint8Array> {
  const { sm2Digest, sm2PointOfSpki } = await import('../gm/index.js');
  const userId = algorithm.kind === 'sm2' ? algorithm.userId : undefined;
  return sm2Digest({ publicKey: sm2PointOfSpki(certificate.spki), data, ...(userId ? { userId } : {}) });
}

const profileOf = ({ cmsProfile }: SignatureOptions): { readonly profile?: 'rfc5652' | 'gmt-0010' } =>
  cmsProfile ? { profile: cmsProfile } : {};

/**
 * The value for /Contents, checked against the certificate and the content before it is used, with its timestamp from B-T on.
 * Errors: `certificate-mismatch`, `cms-malformed`, `seal-malformed`, those of the timestamp authority.
 */
export async function finishValue(
  facts: SignerFacts,
  options: SignatureOptions,
  asked: ValueRequest,
  answer: Uint8Array,
  context: SigningContext,
): Promise<Uint8Array> {
  if (facts.way === 'seal') {
    await checkSeal(facts, asked, answer, context);
    return answer;
  }
  const { identity, algorithm, hash } = facts;
  const cms =
    facts.way === 'cms'
      ? answer
      : buildSignedData({
          certificate: identity.certificate,
          chain: identity.chain,
          algorithm,
          hash,
          signedAttributes: asked.attributes,
          signature: answer,
          ...profileOf(options),
        });
  const value = await checkValue(facts, options, asked, cms, context);
  if (!context.reaches('B-T')) return cms;
  return withSignatureTimestamp(cms, await timestampOf(value, context));
}

/** The signature value of a CMS that holds. Errors: `certificate-mismatch`, `cms-malformed`. */
async function checkValue(
  { certificate, hash }: SignerFacts,
  options: SignatureOptions,
  { digest }: ValueRequest,
  cms: Uint8Array,
  { engine }: SigningContext,
): Promise<Uint8Array> {
  const contentDigest = (asked: HashAlgorithm): Uint8Array => {
    if (asked !== hash) throw signError('cms-malformed', { details: { reason: 'digest-algorithm' } });
    return digest;
  };
  const signedData = parseSignedData(cms);
  const check = await checkSignerInfo({ signedData, contentDigest, engine, certificates: [certificate] });
  const own = check.certificate && check.certificate.serialHex === certificate.serialHex;
  if (!check.signatureHolds || !check.digestMatches || !own) throw signError('certificate-mismatch');
  const basic = options.subFilter === 'adbe.pkcs7.detached';
  const finding = check.findings.find(({ id, severity }) =>
    /^(signing-certificate-missing|signing-time-present)$/.test(id) ? !basic : severity === 'error',
  );
  if (finding || !check.signer) throw signError('cms-malformed', { details: { reason: finding?.id ?? 'signer' } });
  return check.signer.signature;
}

/** Errors: `certificate-mismatch`, `seal-malformed`, `seal-not-valid` with details.reason. @source GB/T 38540-2020 7.3 */
async function checkSeal(
  { certificate }: SignerFacts,
  { digest }: ValueRequest,
  answer: Uint8Array,
  { engine, time }: SigningContext,
): Promise<void> {
  const { parseSesSignature, verifySesSignature } = await import('../gm/index.js');
  const signature = parseSesSignature(answer);
  const own = parseCertificate(signature.certificate).serialHex === certificate.serialHex;
  // The device's clock wrote its time a moment after the claimed one.
  const atMs = Math.max(time, Date.now());
  const { findings } = await verifySesSignature(signature, { atMs, engine, contentDigest: () => digest });
  const holds = ['signature-value', 'data-hash'].every(
    (wanted) => findings.find(({ id }) => id === wanted)?.result === 'passed',
  );
  if (!own || !holds) throw signError('certificate-mismatch');
  const failed = findings.find(({ result }) => result === 'failed');
  if (failed) throw signError('seal-not-valid', { details: { reason: failed.reason } });
}

/** A timestamp token over the bytes. Errors: `timestamp-mismatch`, those of the authority. @source RFC 3161 appendix A */
export async function timestampOf(bytes: Uint8Array, context: SigningContext): Promise<Uint8Array> {
  const hash = context.setup.timestampHash ?? 'sha-256';
  return timestampDigest(await context.engine.digest(hash, bytes), context);
}

/** A timestamp token over a digest by `timestampHash`. Errors: `timestamp-mismatch`, those of the authority. */
export async function timestampDigest(imprint: Uint8Array, context: SigningContext): Promise<Uint8Array> {
  const hash = context.setup.timestampHash ?? 'sha-256';
  const token = await timestampAuthorityOf(context.setup).timestamp({
    hash,
    imprint,
    ...context.abort,
  });
  const read = parseTimestampToken(token);
  if (!equalBytes(read.imprint, imprint) || read.hash !== hash) throw signError('timestamp-mismatch');
  return token;
}
