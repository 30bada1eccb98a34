import { AnjuanError } from '@anjuan/core';
import { readDer, tags } from '../../der/read.js';
import { isUniversal, readTime } from '../../der/values.js';
import type { SealTime } from './seal.js';

/**
 * Time information of version 1: the bits hold a DER time or a timestamp token; some makers put the bare digits of a time.
 * What is neither is kept as `unknown`.
 * @source GM/T 0031-2014 6
 */
export function readVersion1Time(bytes: Uint8Array): SealTime {
  const digits = bareTime(bytes);
  if (digits !== undefined) return { kind: 'claimed', timeMs: digits };
  try {
    const node = readDer(bytes);
    if (isUniversal(node, tags.utcTime) || isUniversal(node, tags.generalizedTime)) {
      return { kind: 'claimed', timeMs: readTime(node) };
    }
    return isUniversal(node, tags.sequence) ? { kind: 'token', token: bytes } : { kind: 'unknown', bytes };
  } catch (error) {
    if (error instanceof AnjuanError && error.code === 'der-malformed') return { kind: 'unknown', bytes };
    throw error;
  }
}

/** `YYMMDDhhmmssZ` or `YYYYMMDDhhmmssZ` without a tag. */
function bareTime(bytes: Uint8Array): number | undefined {
  if (bytes.byteLength !== 13 && bytes.byteLength !== 15) return undefined;
  if (bytes.at(-1) !== 0x5a || bytes.subarray(0, -1).some((byte) => byte < 0x30 || byte > 0x39)) return undefined;
  const text = String.fromCharCode(...bytes.subarray(0, -1));
  const full = text.length === 14 ? text : `20${text}`;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(full) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}
