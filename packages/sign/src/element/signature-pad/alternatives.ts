/** A way to sign for a person who cannot write by hand. */
export type SignatureAlternative = 'typed' | 'stamped';

/** Which alternatives the policy of the hospital allows. */
export type AlternativesPolicy = 'none' | readonly SignatureAlternative[];

/** A picture of a signature that the host lends to the pad. */
export interface SignatureStamp {
  readonly id: string;
  /** What the signer chooses by. */
  readonly label: string;
  /** PNG, JPEG or WebP; with alpha it lies on the paper like ink. */
  readonly image: Blob;
}

/** How the pad is used now. */
export type PadMode = 'ink' | SignatureAlternative;

/** Height of the writing line, as a share of the sheet. */
export const BASELINE = 0.72;

/** A script face where the computer has one. */
export const TYPED_FONT = "'Kaiti SC', KaiTi, STKaiti, 'Segoe Script', cursive";

/** `none`, or names with blanks between them; unknown names are left out. */
export function readAlternatives(attribute: string | null): AlternativesPolicy {
  const names = (attribute ?? '').split(/\s+/).filter((name) => name === 'typed' || name === 'stamped');
  return names.length > 0 ? names : 'none';
}
