/** Kinds of card that one reader tells apart. */
export type IdCardKind = 'resident' | 'hk-mo-tw' | 'foreigner-2017' | 'foreigner-2023';

/** What a card says. Sensitive personal data: shown, handed to the host, never stored or logged. */
export interface IdCard {
  readonly kind: IdCardKind;
  readonly name: string;
  readonly englishName?: string;
  /** GB/T 2261.1: male 1, female 2. */
  readonly gender: 'male' | 'female' | 'unknown' | 'unspecified';
  /** GB/T 3304 code, residents only. */
  readonly nationCode?: string;
  /** Country code, foreigners only. */
  readonly nationality?: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  readonly address?: string;
  /** Address written onto the card after it was made (追加住址); newer than the printed `address`. */
  readonly appendedAddress?: string;
  readonly number: string;
  readonly issuer?: string;
  /** `YYYY-MM-DD`. */
  readonly validFrom: string;
  /** `YYYY-MM-DD` or `long-term` (长期). */
  readonly validTo: string;
  readonly passNumber?: string;
  readonly issueCount?: number;
  readonly photo?: ImageBitmap;
}

/** Decodes the 1,024-byte WLT photo; no open decoder exists, so a house that has one gives it here. */
export type CardPhotoDecoder = (wlt: Uint8Array) => Promise<ImageBitmap>;

/** A reader. Errors: `reader-*`, `device-*`, `service-*`, `card-unsupported`, `aborted`. */
export interface IdCardReader {
  readonly name: string;
  /** Waits for a card and reads it once; the card must leave before the next read. */
  read(options?: { readonly signal?: AbortSignal; readonly timeoutMs?: number }): Promise<IdCard>;
  close(): Promise<void>;
}
