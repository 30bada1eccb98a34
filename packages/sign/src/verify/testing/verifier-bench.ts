import { bytesSource, joinBytes } from '../../bytes/byte-source.js';
import type { HashAlgorithm } from '../../crypto/algorithms.js';
import { openCryptoEngine } from '../../crypto/index.js';
import { signPdf, type SigningLevel, type SigningSetup, type SignPdfOptions } from '../../signing/index.js';
import { keySigner } from '../../signing/testing/key-signer.js';
import type { Signer } from '../../signers/signer.js';
import { fixedTrustStore, httpTimestampAuthority, networkRevocation } from '../../trust/index.js';
import { verifyPdf, type VerifyOptions } from '../index.js';
import type { ValidationReport } from '../report.js';

/** What is needed of a test PKI. */
interface BenchPki<Name extends string> {
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
  /** Signs with a certificate that `signPdf` would refuse: the value is made anew by its key. */
  forge(bytes: Uint8Array, name: Name): Promise<Uint8Array>;
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
    forge: async (bytes, name) => {
      const blank = await signPdf(bytesSource(bytes), { ...setup, signer: await keySigner(pki.get(defaultSigner)) });
      const key = await keySigner(pki.get(name), ['cms']);
      const { algorithm } = await key.identity();
      const hash = 'hash' in algorithm ? algorithm.hash : 'sm3';
      return refillSlot(await blank.bytes(), hash, async (digest) => {
        const [value = new Uint8Array()] = await key.sign([{ kind: 'cms', hash, digest }]);
        return value;
      });
    },
    verify: (bytes, options = {}) => verifyPdf(bytesSource(bytes), { ...trust, ...options }),
  };
}

/** Puts another value into the slot of the newest signature, made for the digest of what it covers. */
export async function refillSlot(
  bytes: Uint8Array,
  hash: HashAlgorithm,
  make: (digest: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const text = new TextDecoder('latin1').decode(bytes);
  const range = [...text.matchAll(/\/ByteRange \[([\d ]+)\]/g)].at(-1)?.[1] ?? '';
  const [, from = 0, to = 0, rest = 0] = range.trim().split(' ').map(Number);
  const engine = await openCryptoEngine();
  const covered = joinBytes([bytes.subarray(0, from), bytes.subarray(to, to + rest)]);
  const value = await make(await engine.digest(hash, covered));
  const changed = Uint8Array.from(bytes);
  const hex = Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const slot = new TextEncoder().encode(hex.padEnd(to - from - 2, '0'));
  changed.set(slot, from + 1);
  return changed;
}
