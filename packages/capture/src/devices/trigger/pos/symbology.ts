/** Kinds of barcodes that scanners name. */
export type Symbology =
  | 'code39'
  | 'code128'
  | 'gs1-128'
  | 'itf'
  | 'codabar'
  | 'code93'
  | 'ean'
  | 'data-matrix'
  | 'qr-code'
  | 'pdf417'
  | 'aztec'
  | 'other';

const BY_LETTER: Readonly<Record<string, Symbology>> = {
  A: 'code39',
  C: 'code128',
  E: 'ean',
  F: 'codabar',
  G: 'code93',
  I: 'itf',
  L: 'pdf417',
  Q: 'qr-code',
  d: 'data-matrix',
  z: 'aztec',
};

/**
 * The symbology of an identifier such as `]C1`; undefined when it is none.
 * @source ISO/IEC 15424:2008 (AIM symbology identifiers)
 */
export function symbologyOf(aim: string): Symbology | undefined {
  if (!/^\][A-Za-z][0-9A-Za-z]$/.test(aim)) return undefined;
  if (aim === ']C1') return 'gs1-128';
  return BY_LETTER[aim[1] ?? ''] ?? 'other';
}
