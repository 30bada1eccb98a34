/**
 * The number of the security module as it is printed, for example `05.03-20121107-0000546803-1467842915`.
 * @source GA 450-2013, number of the module: 2 + 2 + 4 + 4 + 4 bytes, little endian
 */
export function formatSamId(data: Uint8Array): string {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const word = (offset: number): string => String(view.getUint16(offset, true)).padStart(2, '0');
  const long = (offset: number, digits: number): string => String(view.getUint32(offset, true)).padStart(digits, '0');
  return `${word(0)}.${word(2)}-${long(4, 8)}-${long(8, 10)}-${long(12, 10)}`;
}
