/** Signs the file of the page's input: with the desk and its worker, or with a peer on the page. */
import { Scope } from '@anjuan/core';
import { blobSource } from '../../../packages/sign/src/bytes/byte-source.js';
import { readAhead } from '../../../packages/sign/src/bytes/read-ahead.js';
import { openCryptoEngine } from '../../../packages/sign/src/crypto/index.js';
import { fixedTrustStore } from '../../../packages/sign/src/trust/index.js';
import { openSigningDesk, type SigningDesk } from '../../../packages/sign/src/worker/open-signing-desk.js';
import { webCryptoSigner } from '../../../packages/sign/src/signers/webcrypto/web-crypto-signer.js';
import { signWithCantoo, type Asn1js, type Cantoo, type PeerKey, type Pkijs } from '../peers/cantoo-pkijs.js';
import { signWithLibpdf, type Libpdf } from '../peers/libpdf.js';

export type BrowserArm = 'anjuan fast' | 'anjuan lean' | '@libpdf/core' | '@cantoo/pdf-lib + pkijs';

interface Material {
  readonly pkcs8: string;
  readonly certificate: string;
  readonly chain: readonly string[];
}

/** What the bench calls. */
export interface LargeBench {
  open(arm: BrowserArm, material: Material): Promise<void>;
  /** Signs; milliseconds until the signed file stands as a Blob. */
  sign(): Promise<{ readonly ms: number; readonly sizeBytes: number }>;
  /** Milliseconds for a verdict in the worker over the chosen file, and for one pass of the same hash over its bytes. */
  verify(
    roots: readonly string[],
  ): Promise<{ readonly ms: number; readonly hashMs: number; readonly verdicts: string }>;
  /** The signed file once more, for the judges. */
  download(): Promise<void>;
}

declare global {
  var largeBench: LargeBench;
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

let sign: ((file: File) => Promise<Blob>) | undefined;
let last: Blob | undefined;
let desk: SigningDesk | undefined;

const chosen = (): File => {
  const file = document.querySelector('input')?.files?.[0];
  if (!file) throw new Error('no file');
  return file;
};

/** A module that stands beside this page. */
const beside = async <T>(name: string): Promise<T> => (await import(new URL(name, document.baseURI).href)) as T;

async function armed(arm: BrowserArm, material: PeerKey): Promise<(file: File) => Promise<Blob>> {
  const { key, certificate, chain } = material;
  if (arm === 'anjuan fast' || arm === 'anjuan lean') {
    const own = openSigningDesk({ assetsUrl: '/assets/', scope: new Scope() });
    const signer = webCryptoSigner({ key, certificate, chain });
    const mode = arm === 'anjuan lean' ? 'lean' : 'fast';
    return async (file) => (await own.sign(file, [{ signer }], { mode })).file;
  }
  const bytes = async (file: File): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await file.arrayBuffer());
  if (arm === '@libpdf/core') {
    const libpdf = await beside<Libpdf>('peer-libpdf.js');
    return async (file) => new Blob([await signWithLibpdf(libpdf, await bytes(file), material, { level: 'B-B' })]);
  }
  const { cantoo, pkijs, asn1js } = await beside<{ cantoo: Cantoo; pkijs: Pkijs; asn1js: Asn1js }>('peer-cantoo.js');
  return async (file) => new Blob([await signWithCantoo({ cantoo, pkijs, asn1js }, await bytes(file), material)]);
}

globalThis.largeBench = {
  open: async (arm, { pkcs8, certificate, chain }) => {
    const parameters = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('pkcs8', bytesOf(pkcs8), parameters, false, ['sign']);
    sign = await armed(arm, { key, certificate: bytesOf(certificate), chain: chain.map(bytesOf) });
  },
  sign: async () => {
    const file = chosen();
    const from = performance.now();
    last = await sign?.(file);
    return { ms: performance.now() - from, sizeBytes: last?.size ?? 0 };
  },
  verify: async (roots) => {
    desk ??= openSigningDesk({ assetsUrl: '/assets/', scope: new Scope() });
    const anchors = roots.map(bytesOf);
    const trustStore = fixedTrustStore({ signature: anchors, timestamp: anchors });
    const file = chosen();
    const from = performance.now();
    const report = await desk.verify(file, { trustStore, policy: { revocation: 'ignore' } });
    const ms = performance.now() - from;
    const engine = await openCryptoEngine();
    const begin = performance.now();
    const hash = await engine.hasher('sha-256');
    for await (const bytes of readAhead(blobSource(file), 0)) hash.update(bytes);
    hash.digest();
    const hashMs = performance.now() - begin;
    return { ms, hashMs, verdicts: report.signatures.map(({ indication }) => indication).join(', ') };
  },
  download: () => {
    if (!last) throw new Error('nothing signed');
    const link = document.createElement('a');
    link.href = URL.createObjectURL(last);
    link.download = 'signed.pdf';
    link.click();
    return Promise.resolve();
  },
};
