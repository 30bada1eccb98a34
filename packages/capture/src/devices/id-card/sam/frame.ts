/**
 * Frames of the reader module (SAM_V). `AA AA AA 96 69 | LEN hi lo | payload … | CHK`; LEN counts payload and CHK.
 * @source GA 450-2013 (台式居民身份证阅读器通用技术要求), serial protocol of the module
 */
export const PREAMBLE: readonly number[] = [0xaa, 0xaa, 0xaa, 0x96, 0x69];

/** Preamble and the two length bytes. */
export const HEADER_BYTES = 7;

/** Longest LEN that is believed; real replies have at most 2,314 (text, photo, fingerprint). */
export const MAX_FRAME_LENGTH = 4096;

/** XOR of all bytes from `start` to before `end`. */
export function xorOf(bytes: Uint8Array, start: number, end: number): number {
  let sum = 0;
  for (let index = start; index < end; index += 1) sum ^= bytes[index] ?? 0;
  return sum;
}

/** A whole frame around a payload, length and checksum included. */
export function encodeFrame(payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(HEADER_BYTES + payload.length + 1);
  const length = payload.length + 1;
  frame.set(PREAMBLE);
  frame[5] = length >> 8;
  frame[6] = length & 0xff;
  frame.set(payload, HEADER_BYTES);
  frame[frame.length - 1] = xorOf(frame, PREAMBLE.length, frame.length - 1);
  return frame;
}
