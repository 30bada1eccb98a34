import type { SignedData } from '../cms/index.js';
import type { CryptoEngine } from '../crypto/algorithms.js';
import { isArray, isDict, isStream, type PdfObject } from '../pdf/objects.js';
import type { PdfFile } from '../pdf/pdf-file.js';
import type { RevocationEvidence, RevocationSource, TrustPurpose, TrustStore } from '../trust/ports.js';
import { parseCertificate, type Certificate } from '../x509/index.js';
import { toHex } from './hash-pass.js';

const MAX_ITEMS = 2_000;
const MAX_BYTES = 16 << 20;

/** A piece of proof and where it was found. */
type FoundEvidence = RevocationEvidence & { readonly from: 'dss' | 'signature' | 'source' };

/** Certificates and proof about revocation from everywhere in the file; nothing of it is trusted by itself. */
export class EvidencePool {
  readonly certificates: Certificate[] = [];
  readonly evidence: FoundEvidence[] = [];
  readonly engine: CryptoEngine;
  readonly #trustStore: TrustStore;
  readonly #source: RevocationSource | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #known = new Set<string>();
  readonly #fingerprints = new Map<string, string>();
  readonly #asked = new Map<string, Promise<readonly RevocationEvidence[]>>();
  readonly #anchors = new Map<TrustPurpose, Promise<readonly Certificate[]>>();

  constructor(options: {
    readonly engine: CryptoEngine;
    readonly trustStore: TrustStore;
    readonly revocation?: RevocationSource | undefined;
    readonly signal?: AbortSignal | undefined;
  }) {
    this.engine = options.engine;
    this.#trustStore = options.trustStore;
    this.#source = options.revocation;
    this.#signal = options.signal;
  }

  async addSignedData({ certificates, crls, ocspResponses }: SignedData): Promise<void> {
    for (const certificate of certificates) await this.#add(certificate);
    for (const der of ocspResponses) await this.#prove({ kind: 'ocsp', der, from: 'signature' });
    for (const der of crls) await this.#prove({ kind: 'crl', der, from: 'signature' });
  }

  /** Lower-case hex SHA-256 of a certificate that was added or is an anchor. */
  fingerprint({ der }: Certificate): string {
    return this.#fingerprints.get(toHex(der)) ?? '';
  }

  async addDer(der: Uint8Array): Promise<Certificate | undefined> {
    try {
      const certificate = parseCertificate(der);
      await this.#add(certificate);
      return certificate;
    } catch {
      return undefined;
    }
  }

  /** Takes up the newest /DSS. @source ISO 32000-2 12.8.4.3 */
  async addDss(file: PdfFile): Promise<void> {
    const root = await file.resolve(file.trailer.entries.get('Root'));
    const dss = isDict(root) ? await file.resolve(root.entries.get('DSS') ?? null) : null;
    if (!isDict(dss)) return;
    const each = async (key: string, take: (der: Uint8Array) => Promise<unknown>): Promise<void> => {
      const list: PdfObject = await file.resolve(dss.entries.get(key) ?? null);
      for (const item of isArray(list) ? list.slice(0, MAX_ITEMS) : []) {
        const stream = await file.resolve(item);
        if (isStream(stream)) await file.decode(stream, { maxBytes: MAX_BYTES }).then(take, () => undefined);
      }
    };
    await each('Certs', (der) => this.addDer(der));
    await each('OCSPs', (der) => this.#prove({ kind: 'ocsp', der, from: 'dss' }));
    await each('CRLs', (der) => this.#prove({ kind: 'crl', der, from: 'dss' }));
  }

  /** Trusted certificates; those that cannot be read are left out. */
  anchors(purpose: TrustPurpose): Promise<readonly Certificate[]> {
    const known = this.#anchors.get(purpose);
    if (known) return known;
    const asked = this.#readAnchors(purpose);
    this.#anchors.set(purpose, asked);
    return asked;
  }

  async #readAnchors(purpose: TrustPurpose): Promise<readonly Certificate[]> {
    const found: Certificate[] = [];
    for (const der of await this.#trustStore.anchors(purpose, this.#signal && { signal: this.#signal })) {
      try {
        const anchor = parseCertificate(der);
        await this.#print(anchor);
        found.push(anchor);
      } catch {
        continue;
      }
    }
    return found;
  }

  /** Asks the host, once per certificate; no answer is an empty list. */
  async ask(certificate: Certificate, issuer: Certificate): Promise<readonly FoundEvidence[]> {
    if (!this.#source) return [];
    const key = toHex(certificate.der);
    const request = { certificate: certificate.der, issuer: issuer.der, ...(this.#signal && { signal: this.#signal }) };
    const asked = this.#asked.get(key) ?? this.#source.fetch(request).catch(() => []);
    this.#asked.set(key, asked);
    const found = await asked;
    this.#signal?.throwIfAborted();
    return found.map((item) => ({ ...item, from: 'source' }));
  }

  async #add(certificate: Certificate): Promise<void> {
    await this.#print(certificate);
    if (await this.#isNew(certificate.der)) this.certificates.push(certificate);
  }

  async #print({ der }: Certificate): Promise<void> {
    this.#fingerprints.set(toHex(der), toHex(await this.engine.digest('sha-256', der)));
  }

  async #prove(evidence: FoundEvidence): Promise<void> {
    if (await this.#isNew(evidence.der)) this.evidence.push(evidence);
  }

  async #isNew(der: Uint8Array): Promise<boolean> {
    const key = toHex(await this.engine.digest('sha-256', der));
    if (this.#known.has(key) || this.#known.size > MAX_ITEMS) return false;
    this.#known.add(key);
    return true;
  }
}
