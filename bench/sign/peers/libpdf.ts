import type { PeerKey } from './cantoo-pkijs.js';

interface LibpdfDocument {
  sign(options: object): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly warnings: readonly unknown[] }>;
}
export interface Libpdf {
  readonly PDF: { load(bytes: Uint8Array, options?: object): Promise<LibpdfDocument> };
  readonly CryptoKeySigner: new (
    key: CryptoKey,
    certificate: Uint8Array,
    keyType: 'RSA' | 'EC',
    algorithm: 'RSASSA-PKCS1-v1_5' | 'ECDSA',
    chain: readonly Uint8Array[],
  ) => object;
  readonly HttpTimestampAuthority: new (url: string) => object;
}

/** One signature as its own documentation shows it. */
export async function signWithLibpdf(
  libpdf: Libpdf,
  input: Uint8Array<ArrayBuffer>,
  key: PeerKey,
  { level, tsaUrl }: { readonly level: 'B-B' | 'B-T' | 'B-LT' | 'B-LTA'; readonly tsaUrl?: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const document = await libpdf.PDF.load(input);
  const rsa = key.key.algorithm.name !== 'ECDSA';
  const signer = new libpdf.CryptoKeySigner(
    key.key,
    key.certificate,
    rsa ? 'RSA' : 'EC',
    rsa ? 'RSASSA-PKCS1-v1_5' : 'ECDSA',
    key.chain,
  );
  const { bytes } = await document.sign({
    signer,
    level,
    ...(tsaUrl === undefined || level === 'B-B'
      ? {}
      : { timestampAuthority: new libpdf.HttpTimestampAuthority(tsaUrl) }),
  });
  return bytes;
}
