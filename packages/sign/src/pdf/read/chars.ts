/** Byte classes. @source ISO 32000-2 7.2.3 tables 1 and 2 */
const REGULAR = 0;
const WHITE = 1;
const DELIMITER = 2;

const WHITE_BYTES = [0, 9, 10, 12, 13, 32];
const DELIMITERS = '()<>[]{}/%';
const classes = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (WHITE_BYTES.includes(byte)) return WHITE;
  return DELIMITERS.includes(String.fromCharCode(byte)) ? DELIMITER : REGULAR;
});

/** End of the input, as `byteAt` of the parser gives it. */
export const END = -1;

export const isWhite = (byte: number): boolean => byte !== END && classes[byte] === WHITE;
/** A byte of a name, number or keyword; the end of input is none. */
export const isRegular = (byte: number): boolean => byte !== END && classes[byte] === REGULAR;
export const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** Value of a hexadecimal digit, -1 for anything else. */
export function hexValue(byte: number): number {
  if (isDigit(byte)) return byte - 0x30;
  const lower = byte | 0x20;
  return byte !== END && lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Bytes as characters U+0000-U+00FF. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  if (bytes.byteLength < 32) {
    for (const byte of bytes) text += String.fromCharCode(byte);
    return text;
  }
  for (let at = 0; at < bytes.byteLength; at += 8_192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  }
  return text;
}
