/** CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF. @source ITU-T V.41; check value of `123456789` is 0x29B1 */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}
