import type { CryptoEngine, SignatureAlgorithm } from '../crypto/algorithms.js';
import type { Certificate } from '../x509/index.js';
import { toHex } from './hash-pass.js';
import type { CertificateSummary } from './report.js';

const HASHES = {
  'sha-1': 'SHA-1',
  'sha-256': 'SHA-256',
  'sha-384': 'SHA-384',
  'sha-512': 'SHA-512',
  sm3: 'SM3',
} as const;
const KINDS = { 'rsa-pkcs1': 'RSA PKCS#1 v1.5', 'rsa-pss': 'RSA PSS', ecdsa: 'ECDSA' } as const;

/** For example `RSA PKCS#1 v1.5, SHA-256`. */
export function describeAlgorithm(algorithm: SignatureAlgorithm | undefined): string {
  if (!algorithm) return '';
  if (algorithm.kind === 'sm2') return 'SM2, SM3';
  if (algorithm.kind === 'ed25519') return 'Ed25519';
  return `${KINDS[algorithm.kind]}, ${HASHES[algorithm.hash]}`;
}

/** A certificate as the report shows it. */
export async function describeCertificate(certificate: Certificate, engine: CryptoEngine): Promise<CertificateSummary> {
  return {
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    serialNumber: certificate.serialHex,
    notBefore: isoTime(certificate.notBefore),
    notAfter: isoTime(certificate.notAfter),
    fingerprint: toHex(await engine.digest('sha-256', certificate.der)),
  };
}

/** ISO 8601 in UTC; empty beyond what a calendar holds. */
export function isoTime(timeMs: number): string {
  return Math.abs(timeMs) <= 8.64e15 ? new Date(timeMs).toISOString() : '';
}

/** `D:20260903142200+08'00'` as ISO 8601; undefined when it is none. @source ISO 32000-2 7.9.4 */
export function readPdfDate(text: string | undefined): string | undefined {
  const match = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?'?)?/.exec(text ?? '');
  if (!match) return undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', , sign, zoneHours, zoneMinutes] =
    match;
  const zone = sign ? `${sign}${zoneHours ?? '00'}:${zoneMinutes ?? '00'}` : 'Z';
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
