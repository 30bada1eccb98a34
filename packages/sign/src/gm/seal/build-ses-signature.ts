import { oids } from '../../der/oids.js';
import {
  derBits,
  derContext,
  derGeneralizedTime,
  derIa5,
  derInteger,
  derOctets,
  derOid,
  derSequence,
} from '../../der/write.js';
import { signError } from '../../errors/sign-codes.js';
import type { SealCrypto } from './check-value.js';
import { sealError } from './field-reader.js';
import { parseSeal, parseSesSignature } from './read-seal.js';
import type { Seal, SealExtension } from './seal.js';
import { checkSignerListed } from './signer-listed.js';
import { checkSealPeriod } from './verify-seal.js';
import { derUtcTime, writeExtensions } from './write-info.js';

/** What is sealed, by whom and when. */
export interface BuildSesSignatureOptions extends SealCrypto {
  /** DER SESeal of version 1 or 4; it decides the version of the signature. */
  readonly seal: Uint8Array;
  /** Digest of the protected bytes: SM3 for SM2. */
  readonly dataHash: Uint8Array;
  /** What is protected; ASCII. */
  readonly propertyInfo: string;
  /** Milliseconds since 1970, whole seconds are written. */
  readonly timeMs: number;
  /** DER certificate of the signer. */
  readonly certificate: Uint8Array;
  /** Object identifier; default SM2 with SM3. */
  readonly algorithm?: string;
  /** Version 4 only. */
  readonly extensions?: readonly SealExtension[];
}

/** A seal's use, ready to be signed by whatever holds the key. */
export interface PreparedSesSignature {
  /** What the key signs. SM2: e = SM3(Z_A || toSign), see `sm2Digest`. */
  readonly toSign: Uint8Array<ArrayBuffer>;
  /** The finished SES_Signature. `timestamp` is a token over the signature value; version 4 only. Errors: `seal-malformed`. */
  assemble(value: { readonly signature: Uint8Array; readonly timestamp?: Uint8Array }): Uint8Array<ArrayBuffer>;
}

/**
 * Prepares to put a seal on a document. Errors: `seal-malformed`; `seal-not-valid` with `details.reason` when the seal is out
 * of its period at `timeMs` or does not list the certificate.
 * @source GB/T 38540-2020 7; GM/T 0031-2014 6
 */
export async function buildSesSignature(options: BuildSesSignatureOptions): Promise<PreparedSesSignature> {
  const seal = parseSeal(options.seal);
  if (seal.version === 5) throw sealError('version-not-written');
  const listed = await checkSignerListed(seal.signers, options.certificate, options);
  for (const finding of [checkSealPeriod(seal, options.timeMs), listed]) {
    if (finding.result !== 'passed') throw signError('seal-not-valid', { details: { reason: finding.reason } });
  }
  const toSign = seal.version === 1 ? version1(seal, options) : version4(seal, options);
  const signer = [derOctets(options.certificate), derOid(options.algorithm ?? oids.sm2WithSm3)];
  return {
    toSign,
    assemble: ({ signature, timestamp }) => {
      if (seal.version === 1 && timestamp) throw sealError('version-has-no-timestamp');
      const stamp = timestamp ? [derContext(0, derBits(timestamp))] : [];
      const whole = derSequence(toSign, ...(seal.version === 1 ? [] : signer), derBits(signature), ...stamp);
      parseSesSignature(whole);
      return whole;
    },
  };
}

function version1(seal: Seal, options: BuildSesSignatureOptions): Uint8Array<ArrayBuffer> {
  if (options.extensions) throw sealError('version-has-no-extensions');
  return derSequence(
    derInteger(1),
    seal.der,
    derBits(derUtcTime(options.timeMs)),
    derBits(options.dataHash),
    derIa5(options.propertyInfo),
    derOctets(options.certificate),
    derOid(options.algorithm ?? oids.sm2WithSm3),
  );
}

function version4(seal: Seal, options: BuildSesSignatureOptions): Uint8Array<ArrayBuffer> {
  return derSequence(
    derInteger(seal.headerVersion),
    seal.der,
    derGeneralizedTime(options.timeMs),
    derBits(options.dataHash),
    derIa5(options.propertyInfo),
    ...(options.extensions?.length ? [derContext(0, writeExtensions(options.extensions))] : []),
  );
}
