import { captureError } from '@anjuan/core/outbox';

/** JSON objects from services: any shape is possible, nothing is trusted. */
export type JsonObject = { readonly [key: string]: unknown };

/** Largest text that one message may have. A 64 MB picture in base64 and its envelope. */
export const MAX_MESSAGE_CHARS = 96 * 1024 * 1024;

/** The object in the text; `device-protocol` otherwise. The parser's message quotes the text, so it is never kept. */
export function parseObject(text: string): JsonObject {
  if (text.length > MAX_MESSAGE_CHARS) throw protocolError('message-too-large');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw protocolError('not-json');
  }
  if (!isObject(value)) throw protocolError('not-an-object');
  return value;
}

/** True for plain objects, not for arrays. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member itself, never one of the prototype. */
export function member(object: JsonObject, name: string): unknown {
  return Object.prototype.hasOwnProperty.call(object, name) ? object[name] : undefined;
}

/** The string or number as a trimmed string; empty when it is neither. Services write numbers both ways. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

/** The whole number, also when written as a string. */
export function integerOf(value: unknown): number | undefined {
  const text = textOf(value);
  return /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** The array; empty when there is none. */
export function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** `device-protocol` with the place that was wrong; never with the value. */
export function protocolError(part: string): ReturnType<typeof captureError> {
  return captureError('device-protocol', { details: { part } });
}
