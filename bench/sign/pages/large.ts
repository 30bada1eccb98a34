/** Signs the file of the page's input: with the desk and its worker, or with a peer on the page. */
import { Scope } from '@anjuan/core';
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

const chosen = (): File => {
  const file = document.querySelector('input')?.files?.[0];
  if (!file) throw new Error('no file');
  return file;
};

/** A module that stands beside this page. */
const beside = async <T>(name: string): Promise<T> => (await import(new URL(name, document.baseURI).href)) as T;

async function armed(arm: BrowserArm, own: PeerKey): Promise<(file: File) => Promise<Blob>> {
  const { key, certificate, chain } = own;
  if (arm === 'anjuan fast' || arm === 'anjuan lean') {
    const desk: SigningDesk = openSigningDesk({ assetsUrl: '/assets/', scope: new Scope() });
    const signer = webCryptoSigner({ key, certificate, chain });
    const mode = arm === 'anjuan lean' ? 'lean' : 'fast';
    return async (file) => (await desk.sign(file, [{ signer }], { mode })).file;
  }
  const bytes = async (file: File): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await file.arrayBuffer());
  if (arm === '@libpdf/core') {
    const libpdf = await beside<Libpdf>('peer-libpdf.js');
    return async (file) => new Blob([await signWithLibpdf(libpdf, await bytes(file), own, { level: 'B-B' })]);
  }
  const { cantoo, pkijs, asn1js } = await beside<{ cantoo: Cantoo; pkijs: Pkijs; asn1js: Asn1js }>('peer-cantoo.js');
  return async (file) => new Blob([await signWithCantoo({ cantoo, pkijs, asn1js }, await bytes(file), own)]);
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
  download: () => {
    if (!last) throw new Error('nothing signed');
    const link = document.createElement('a');
    link.href = URL.createObjectURL(last);
    link.download = 'signed.pdf';
    link.click();
    return Promise.resolve();
  },
};
