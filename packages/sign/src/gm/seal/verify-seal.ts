import { derOctets, derOid, derSequence } from '../../der/write.js';
import { certificateFacts, type CertificateFacts } from './certificate-facts.js';
import { checkValue, type SealCrypto } from './check-value.js';
import { failed, passed, sealVerification, unknown, type SealFinding, type SealVerification } from './findings.js';
import type { Seal } from './seal.js';

/** The data that the maker of a seal may have signed, the one of its standard first. */
function makerInputs(seal: Seal): readonly (readonly [reason: MakerInput, data: Uint8Array])[] {
  const whole = derSequence(seal.infoDer, derOctets(seal.makerCertificate), derOid(seal.makerAlgorithm));
  const inputs = [
    ['signed-info', seal.infoDer],
    ['signed-info-certificate-algorithm', whole],
  ] as const;
  return seal.version === 1 ? [...inputs].reverse() : inputs;
}
type MakerInput = 'signed-info' | 'signed-info-certificate-algorithm';

/**
 * Checks a seal by itself: version, period at `atMs`, the maker's certificate and signature. Says which input the maker's
 * signature was made over. Never throws for a bad seal. Trust in the maker is the caller's: check `makerCertificate`.
 * @source GB/T 38540-2020 6; GM/T 0031-2014 5
 */
export async function verifySeal(
  seal: Seal,
  options: SealCrypto & {
    /** Milliseconds since 1970: when the seal was or will be used. */
    readonly atMs: number;
  },
): Promise<SealVerification> {
  const facts = certificateFacts(seal.makerCertificate);
  return sealVerification([
    seal.headerVersion === seal.version ? passed('seal-version') : failed('seal-version', 'version-differs'),
    checkSealPeriod(seal, options.atMs),
    checkCertificate('seal-maker-certificate', facts, seal.createdMs),
    await checkMaker(seal, facts, options),
  ]);
}

/** Whether the seal is in force at a time. */
export function checkSealPeriod(seal: Pick<Seal, 'validFromMs' | 'validToMs'>, atMs: number): SealFinding {
  if (atMs < seal.validFromMs) return failed('seal-period', 'not-yet-in-force');
  return atMs > seal.validToMs ? failed('seal-period', 'no-longer-in-force') : passed('seal-period');
}

/** Whether a certificate was in force at a time. */
export function checkCertificate(
  id: 'seal-maker-certificate' | 'signer-certificate',
  facts: CertificateFacts | undefined,
  atMs: number,
): SealFinding {
  if (!facts) return failed(id, 'certificate-unreadable');
  if (atMs < facts.notBeforeMs) return failed(id, 'certificate-not-yet-valid');
  return atMs > facts.notAfterMs ? failed(id, 'certificate-expired') : passed(id);
}

async function checkMaker(seal: Seal, facts: CertificateFacts | undefined, crypto: SealCrypto): Promise<SealFinding> {
  const id = 'seal-maker-signature';
  if (!facts) return failed(id, 'certificate-unreadable');
  for (const [reason, data] of makerInputs(seal)) {
    const request = { algorithmOid: seal.makerAlgorithm, facts, data, signature: seal.makerSignature };
    const result = await checkValue(request, crypto);
    if (result === true) return passed(id, reason);
    if (result === 'algorithm-unsupported' || result === 'signature-raw') return unknown(id, result);
    if (result === 'key-unusable' || result === 'weak-digest') return failed(id, result);
  }
  return failed(id, 'signature-wrong');
}
