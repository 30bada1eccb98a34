import { AnjuanError } from '@anjuan/core';
import { readDer, tags } from '../../der/read.js';
import { isUniversal, readTime } from '../../der/values.js';
import { der } from '../../der/write.js';
import type { SealTime } from './seal.js';

/**
 * Time information of version 1: the bits hold a DER time or a timestamp token; some makers put the bare digits of a time.
 * What is neither is kept as `unknown`.
 * @source GM/T 0031-2014 6
 */
export function readVersion1Time(bytes: Uint8Array): SealTime {
  try {
    const node = readDer(isBareTime(bytes) ? der(bareTag(bytes), bytes) : bytes);
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
const isBareTime = (bytes: Uint8Array): boolean =>
  (bytes.byteLength === 13 || bytes.byteLength === 15) &&
  bytes.at(-1) === 0x5a &&
  bytes.subarray(0, -1).every((byte) => byte >= 0x30 && byte <= 0x39);

const bareTag = ({ byteLength }: Uint8Array): number => (byteLength === 13 ? tags.utcTime : tags.generalizedTime);
