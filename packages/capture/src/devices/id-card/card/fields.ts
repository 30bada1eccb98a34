import { captureError } from '@anjuan/core/outbox';

/** A field of the text block: offset and length in bytes. */
export type FieldPlace = readonly [offset: number, length: number];

/** Bytes of the text block. */
export const TEXT_BYTES = 256;

/** What a card says in a way that no card says it. `field` names the field, never its value. */
export const malformed = (field: string): Error =>
  captureError('device-protocol', { details: { field, reason: 'malformed' } });

/** Spaces, ideographic spaces and NUL fill a field up. */
const PADDING = new Set([0x20, 0x3000, 0]);

/** A text field: UTF-16LE, padding cut off at both ends. Control characters and halves of surrogate pairs are malformed. */
export function readText(text: Uint8Array, [offset, length]: FieldPlace, field: string): string {
  const units: number[] = [];
  for (let at = offset; at + 1 < offset + length; at += 2) units.push((text[at] ?? 0) | ((text[at + 1] ?? 0) << 8));
  let start = 0;
  let end = units.length;
  while (start < end && PADDING.has(units[start] ?? 0)) start += 1;
  while (end > start && PADDING.has(units[end - 1] ?? 0)) end -= 1;
  const value = String.fromCharCode(...units.slice(start, end));
  if (/\p{Cc}|\p{Cs}|\uFFFE|\uFFFF/u.test(value)) throw malformed(field);
  return value;
}

/** A text field that must not be empty. */
export function readRequired(text: Uint8Array, place: FieldPlace, field: string): string {
  const value = readText(text, place, field);
  if (value === '') throw malformed(field);
  return value;
}

/** A text field that must have this form. */
export function readPattern(text: Uint8Array, place: FieldPlace, field: string, pattern: RegExp): string {
  const value = readText(text, place, field);
  if (!pattern.test(value)) throw malformed(field);
  return value;
}

/** A property that is left out when the field is empty. */
export function ifAny<Key extends string>(key: Key, value: string): { readonly [K in Key]?: string } {
  return value === '' ? {} : ({ [key]: value } as { readonly [K in Key]?: string });
}
