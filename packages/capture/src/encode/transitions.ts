/**
 * Finds where the colour changes in a row of packed pixels: `target[0]` is the first black pixel, `target[1]` the next
 * white one and so on; then `widthPx` four times as end marks. Answers the number of changes.
 */
export function findTransitions(row: Uint8Array, widthPx: number, target: Int32Array): number {
  let count = 0;
  let colour = 0;
  for (let i = 0; i < row.length; i += 1) {
    const byte = row[i] ?? 0;
    if (byte === (colour === 0 ? 0 : 0xff)) continue;
    // A one wherever a pixel differs from the one before it.
    let changes = byte ^ ((byte >> 1) | (colour << 7));
    while (changes !== 0) {
      const bit = Math.clz32(changes) - 24;
      changes &= ~(0x80 >> bit);
      const x = i * 8 + bit;
      if (x >= widthPx) break;
      target[count] = x;
      count += 1;
      colour ^= 1;
    }
  }
  target.fill(widthPx, count, count + 4);
  return count;
}
