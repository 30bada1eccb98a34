import { fixedTrustStore, httpTimestampAuthority, networkRevocation } from '../../trust/index.js';
import { keySigner } from '../../signing/testing/key-signer.js';
import { signPdf, type SigningLevel, type SigningSetup, type SignPdfOptions } from '../../signing/index.js';
import { bytesSource } from '../../bytes/byte-source.js';
import type { Signer } from '../../signers/signer.js';
import type { VerifyOptions } from '../../verify/index.js';

/** Certificates that the forge signs with. */
export type ForgeName = 'doctorRsa' | 'doctorRsa3072' | 'doctorEc' | 'doctorSm2' | 'sealSm2' | 'issuingSm2';

/** A holder of a key, as `openTestPki` gives it. */
export interface ForgeKey {
  readonly der: Uint8Array;
  readonly chain: readonly Uint8Array[];
  /** PKCS#8. */
  privateKey(): Promise<Uint8Array>;
}

/** What is needed of a test PKI. */
export interface ForgePki {
  readonly baseUrl: string;
  readonly roots: readonly Uint8Array[];
  get(name: ForgeName): ForgeKey;
}

type Options = Partial<SignPdfOptions> & { readonly level?: SigningLevel };

/** Signs with the keys of a test PKI. */
export interface Forge {
  readonly setup: SigningSetup;
  readonly trust: VerifyOptions;
  key(name: ForgeName): ForgeKey;
  signer(name: ForgeName): Promise<Signer>;
  sign(bytes: Uint8Array, options?: Options): Promise<Uint8Array<ArrayBuffer>>;
}

export function openForge(pki: ForgePki, fetchPki: typeof fetch): Forge {
  const cached = rememberAnswers(fetchPki);
  const revocation = networkRevocation({ fetch: cached });
  const setup: SigningSetup = {
    timestampAuthority: httpTimestampAuthority({ url: `${pki.baseUrl}/tsa`, fetch: fetchPki }),
    revocation,
    certificates: pki.roots,
  };
  const seal = [...pki.roots, pki.get('issuingSm2').der];
  const signer = (name: ForgeName): Promise<Signer> => keySigner(pki.get(name));
  return {
    setup,
    trust: { trustStore: fixedTrustStore({ signature: pki.roots, timestamp: pki.roots, seal }), revocation },
    key: (name) => pki.get(name),
    signer,
    sign: async (bytes, options = {}) => {
      const who = 'signatures' in options ? {} : { signer: options.signer ?? (await signer('doctorRsa')) };
      const signed = await signPdf(bytesSource(bytes), { ...setup, ...options, ...who } as SignPdfOptions);
      return signed.bytes();
    },
  };
}

/** Asks about each certificate once: the answers of a test PKI do not change meanwhile. */
function rememberAnswers(fetchPki: typeof fetch): typeof fetch {
  const answers = new Map<string, Promise<Response>>();
  return async (input, init) => {
    const request = new Request(input, init);
    const body = new Uint8Array(await request.clone().arrayBuffer());
    const key = `${request.method} ${request.url} ${body.join(',')}`;
    const known = answers.get(key) ?? fetchPki(request);
    answers.set(key, known);
    return (await known).clone();
  };
}
