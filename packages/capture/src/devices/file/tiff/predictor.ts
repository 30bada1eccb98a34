import { unsupportedTiff, type TiffLayout } from './layout.js';

/** Undoes horizontal differencing: each sample is stored as its step from the one to the left. @source TIFF 6.0 clause 14 */
export function undoPredictor(
  piece: Uint8Array,
  { predictor, bits, samples }: TiffLayout,
  rowBytes: number,
): Uint8Array {
  if (predictor === 1) return piece;
  if (predictor !== 2 || bits !== 8) throw unsupportedTiff({ predictor, bits });
  const whole = piece.slice();
  for (let row = 0; row < whole.length; row += rowBytes) {
    for (let at = row + samples; at < row + rowBytes; at += 1)
      whole[at] = (whole[at] ?? 0) + (whole[at - samples] ?? 0);
  }
  return whole;
}
