import { bytesSource } from '../../bytes/byte-source.js';
import { signPdf, type SigningLevel, type SigningSetup, type SignPdfOptions } from '../../signing/index.js';
import { keySigner } from '../../signing/testing/key-signer.js';
import type { Signer } from '../../signers/signer.js';
import { fixedTrustStore, httpTimestampAuthority, networkRevocation } from '../../trust/index.js';
import { verifyPdf, type VerifyOptions } from '../index.js';
import type { ValidationReport } from '../report.js';

/** What is needed of a test PKI. */
export interface BenchPki<Name extends string> {
  readonly baseUrl: string;
  readonly roots: readonly Uint8Array[];
  get(name: Name): {
    readonly der: Uint8Array;
    readonly chain: readonly Uint8Array[];
    privateKey(): Promise<Uint8Array>;
  };
}

/** Signs and verifies with a test PKI. */
export interface VerifierBench<Name extends string> {
  readonly setup: SigningSetup;
  readonly trust: VerifyOptions;
  signer(name: Name): Promise<Signer>;
  sign(bytes: Uint8Array, options?: Partial<SignPdfOptions> & { level?: SigningLevel }): Promise<Uint8Array>;
  verify(bytes: Uint8Array, options?: Partial<VerifyOptions>): Promise<ValidationReport>;
}

export function openVerifierBench<Name extends string>(
  pki: BenchPki<Name>,
  fetchPki: typeof fetch,
  defaultSigner: Name,
): VerifierBench<Name> {
  const setup: SigningSetup = {
    timestampAuthority: httpTimestampAuthority({ url: `${pki.baseUrl}/tsa`, fetch: fetchPki }),
    revocation: networkRevocation({ fetch: fetchPki }),
    certificates: pki.roots,
  };
  const trust: VerifyOptions = {
    trustStore: fixedTrustStore({ signature: pki.roots, timestamp: pki.roots }),
    revocation: networkRevocation({ fetch: fetchPki }),
  };
  const signer: VerifierBench<Name>['signer'] = (name) => keySigner(pki.get(name));
  return {
    setup,
    trust,
    signer,
    sign: async (bytes, options = {}) => {
      const who = 'signer' in options && options.signer ? options.signer : await signer(defaultSigner);
      const signed = await signPdf(bytesSource(bytes), { ...setup, ...options, signer: who } as SignPdfOptions);
      return signed.bytes();
    },
    verify: (bytes, options = {}) => verifyPdf(bytesSource(bytes), { ...trust, ...options }),
  };
}
