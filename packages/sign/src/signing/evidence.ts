import { AnjuanError } from '@anjuan/core';
import type { CryptoEngine } from '../crypto/algorithms.js';
import { equalBytes } from '../der/index.js';
import { signError } from '../errors/sign-codes.js';
import type { RevocationEvidence } from '../trust/ports.js';
import { checkRevocation, parseCertificate, parseCrl, parseOcspResponse, type Certificate } from '../x509/index.js';
import type { Abortable } from './changes.js';
import type { SigningSetup } from './types.js';

/** DER values without doubles. */
export class DerSet {
  readonly #values = new Map<string, Uint8Array>();

  /** True when the value is new. */
  add(der: Uint8Array): boolean {
    const key = new TextDecoder('latin1').decode(der);
    if (this.#values.has(key)) return false;
    this.#values.set(key, der);
    return true;
  }

  get values(): readonly Uint8Array[] {
    return [...this.#values.values()];
  }
}

/** What a document security store holds. @source ISO 32000-2 12.8.4.3 */
export interface ValidationData {
  readonly Certs: DerSet;
  readonly OCSPs: DerSet;
  readonly CRLs: DerSet;
}

/** Whose certificates are to be proven, and certificates that may stand above them. */
export interface Seeds {
  readonly signers: Certificate[];
  readonly others: Uint8Array[];
}

export const emptyValidationData = (): ValidationData => ({
  Certs: new DerSet(),
  OCSPs: new DerSet(),
  CRLs: new DerSet(),
});

/** Readable certificates of a list; the others are left out. */
export function readCertificates(ders: readonly Uint8Array[]): Certificate[] {
  return ders.flatMap((der) => {
    try {
      return [parseCertificate(der)];
    } catch {
      return [];
    }
  });
}

/** Gathers chains and revocation evidence; each certificate is asked about once per call. */
export class EvidenceCollector {
  readonly #setup: SigningSetup;
  readonly #engine: CryptoEngine;
  readonly #time: number;
  readonly #abort: Abortable;
  readonly #fetched = new Map<string, Promise<readonly RevocationEvidence[]>>();

  constructor(options: {
    readonly setup: SigningSetup;
    readonly engine: CryptoEngine;
    readonly time: number;
    readonly abort: Abortable;
  }) {
    this.#setup = options.setup;
    this.#engine = options.engine;
    this.#time = options.time;
    this.#abort = options.abort;
  }

  /**
   * Everything that is needed to validate the signers: their chains, and proof about each certificate but the roots. Without
   * `stored` the proof must hold today; with it, proof in the store will do where nobody can be asked any more. Errors: `certificate-revoked`, `revocation-unavailable`.
   */
  async collect(data: ValidationData, { signers, others }: Seeds, stored?: ValidationData): Promise<void> {
    const more = [...others, ...(this.#setup.certificates ?? []), ...(stored?.Certs.values ?? [])];
    const pool = [...signers, ...readCertificates(more)];
    const waiting = [...signers];
    for (let certificate = waiting.pop(); certificate; certificate = waiting.pop()) {
      if (!data.Certs.add(certificate.der)) continue;
      const issuer = this.#issuerOf(certificate, pool);
      if (issuer === certificate) continue;
      if (!issuer) throw signError('revocation-unavailable', { details: { reason: 'issuer-missing' } });
      waiting.push(issuer);
      if (certificate.ocspNoCheck) continue;
      const evidence = await this.prove(certificate, issuer, pool, !stored).catch((error: unknown) => {
        if (!stored || !covers(stored, certificate) || !isUnavailable(error)) throw error;
        return [];
      });
      for (const { kind, der } of evidence) (kind === 'ocsp' ? data.OCSPs : data.CRLs).add(der);
      const responders = readCertificates(evidence.flatMap(respondersOf));
      pool.push(...responders);
      waiting.push(...responders);
    }
  }

  /** Errors: `certificate-revoked`, also before anything is signed; `revocation-unavailable`. */
  async prove(
    certificate: Certificate,
    issuer: Certificate,
    pool: readonly Certificate[],
    strict: boolean,
  ): Promise<readonly RevocationEvidence[]> {
    const evidence = await this.#fetch(certificate, issuer);
    const { status } = await checkRevocation({
      certificate,
      issuer,
      evidence,
      at: this.#time,
      now: Math.max(this.#time, Date.now()),
      pool,
      engine: this.#engine,
      ...this.#abort,
    });
    if (strict && status === 'revoked') throw signError('certificate-revoked');
    if (evidence.length === 0 || (strict && status === 'unknown')) throw signError('revocation-unavailable');
    return evidence;
  }

  /** Finds a revoked signer before it signs; says nothing when nobody can be asked. Errors: `certificate-revoked`. */
  async refuseRevoked(certificate: Certificate, chain: readonly Uint8Array[]): Promise<void> {
    const pool = readCertificates([...chain, ...(this.#setup.certificates ?? [])]);
    const issuer = this.#issuerOf(certificate, pool);
    if (!this.#setup.revocation || !issuer || issuer === certificate) return;
    try {
      await this.prove(certificate, issuer, pool, true);
    } catch (error) {
      if (!isUnavailable(error) || this.#needsProof) throw error;
    }
  }

  get #needsProof(): boolean {
    return this.#setup.level === 'B-LT' || this.#setup.level === 'B-LTA';
  }

  #fetch(certificate: Certificate, issuer: Certificate): Promise<readonly RevocationEvidence[]> {
    const key = `${issuer.serialHex}/${certificate.serialHex}/${certificate.issuer.key}`;
    const { revocation } = this.#setup;
    const known =
      this.#fetched.get(key) ??
      revocation?.fetch({
        certificate: certificate.der,
        issuer: issuer.der,
        ...this.#abort,
      }) ??
      Promise.resolve([]);
    this.#fetched.set(key, known);
    return known;
  }

  /** The certificate above; the key identifiers decide between several of one name. @source RFC 5280 4.2.1.1 */
  #issuerOf(certificate: Certificate, pool: readonly Certificate[]): Certificate | undefined {
    const { authorityKeyId, issuer, selfIssued } = certificate;
    if (
      selfIssued &&
      (!authorityKeyId || !certificate.subjectKeyId || equalBytes(authorityKeyId, certificate.subjectKeyId))
    )
      return certificate;
    return pool.find(
      ({ subject, subjectKeyId }) =>
        subject.key === issuer.key && (!authorityKeyId || !subjectKeyId || equalBytes(authorityKeyId, subjectKeyId)),
    );
  }
}

function respondersOf({ kind, der }: RevocationEvidence): readonly Uint8Array[] {
  if (kind === 'crl') return [];
  const response = parseOcspResponse(der);
  return response.status === 'successful' ? response.certificates : [];
}

const isUnavailable = (error: unknown): boolean => AnjuanError.is(error, 'revocation-unavailable');

/** True when the store says something about the certificate. */
function covers({ OCSPs, CRLs }: ValidationData, { serialNumber, issuer }: Certificate): boolean {
  return (
    OCSPs.values.some((der) => {
      const response = parseOcspResponse(der);
      return (
        response.status === 'successful' && response.singles.some((single) => single.serialNumber === serialNumber)
      );
    }) || CRLs.values.some((der) => parseCrl(der).issuer.key === issuer.key)
  );
}
