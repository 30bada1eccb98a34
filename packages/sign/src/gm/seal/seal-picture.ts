import type { Seal } from './seal.js';

const SIGNATURES: readonly (readonly [mime: string, magic: string])[] = [
  ['image/png', '\u0089PNG\r\n\u001a\n'],
  ['image/jpeg', '\u00ff\u00d8\u00ff'],
  ['image/gif', 'GIF8'],
  ['image/bmp', 'BM'],
  ['application/ofd', 'PK\u0003\u0004'],
  ['image/svg+xml', '<svg'],
  ['image/svg+xml', '<?xml'],
];

/** The picture of a seal with its size, and its kind as its first bytes tell; the maker's own word is not trusted. */
export function sealPicture(seal: Pick<Seal, 'picture'>): {
  readonly bytes: Uint8Array;
  /** `application/octet-stream` when the bytes are of no known kind. */
  readonly mime: string;
  readonly widthMm: number;
  readonly heightMm: number;
} {
  const { data, widthMm, heightMm } = seal.picture;
  const head = String.fromCharCode(...data.subarray(0, 8));
  const [mime = 'application/octet-stream'] = SIGNATURES.find(([, magic]) => head.startsWith(magic)) ?? [];
  return { bytes: data, mime, widthMm, heightMm };
}
