import { captureError } from '@anjuan/core/outbox';
import type { IdCard } from '../../id-card-reader.js';
import { malformed, readText, TEXT_BYTES } from './fields.js';
import { layouts } from './layouts.js';

/**
 * Reads the 256-byte text block of a card; the layout is chosen by the type flag at byte 248.
 * Errors: `card-unsupported` (unknown type flag), `device-protocol` (`details.field` names what is malformed).
 */
export function parseCardText(text: Uint8Array): IdCard {
  if (text.length !== TEXT_BYTES) throw malformed('text');
  const flag = readText(text, [248, 2], 'typeFlag');
  const layout = layouts.get(flag);
  if (!layout) throw captureError('card-unsupported', { details: { reason: 'unknown type flag' } });
  return layout(text);
}

/** The parts of a card's content: views into the reply, not copies. */
export interface CardContent {
  readonly text: Uint8Array;
  /** WLT, 1,024 bytes. */
  readonly photo: Uint8Array;
}

/**
 * Splits the data of a read reply by its length words (two, or three with a fingerprint, which is never looked at).
 * Errors: `device-protocol`.
 */
export function splitContent(data: Uint8Array, layout: 'text-photo' | 'text-photo-print'): CardContent {
  const words = layout === 'text-photo' ? 2 : 3;
  const lengths = Array.from({ length: words }, (_, index) => wordAt(data, index * 2));
  const start = words * 2;
  const [textBytes = 0, photoBytes = 0] = lengths;
  const total = lengths.reduce((sum, length) => sum + length, start);
  if (textBytes !== TEXT_BYTES || photoBytes !== 1024 || total !== data.length) throw malformed('content');
  return {
    text: data.subarray(start, start + textBytes),
    photo: data.subarray(start + textBytes, start + textBytes + photoBytes),
  };
}

const wordAt = (data: Uint8Array, offset: number): number => ((data[offset] ?? 0) << 8) | (data[offset + 1] ?? 0);
