import { malformed } from '../read-errors.js';

/** Of /DecodeParms. @source ISO 32000-2 table 8 */
export interface PredictorParms {
  readonly predictor: number;
  readonly colors: number;
  readonly bitsPerComponent: number;
  readonly columns: number;
}

/** Undoes the predictor of Flate and LZW. @source ISO 32000-2 7.4.4.4 */
export async function undoPredictor(bytes: Uint8Array, parms: PredictorParms): Promise<Uint8Array> {
  const { predictor, colors, bitsPerComponent, columns } = parms;
  if (predictor === 1) return bytes;
  const depths = [1, 2, 4, 8, 16];
  const sane = [colors, columns].every((count) => Number.isInteger(count) && count >= 1 && count <= 1_000_000);
  if (!sane || !depths.includes(bitsPerComponent)) throw malformed('predictor');
  const rowBytes = Math.ceil((colors * bitsPerComponent * columns) / 8);
  const pixelBytes = Math.ceil((colors * bitsPerComponent) / 8);
  if (predictor === 2) return (await import('./rare-filters.js')).undoTiffPredictor(bytes, rowBytes, parms);
  if (predictor < 10 || predictor > 15) throw malformed('predictor');
  return png(bytes, rowBytes, pixelBytes);
}

function png(bytes: Uint8Array, rowBytes: number, pixelBytes: number): Uint8Array {
  const rows = Math.ceil(bytes.byteLength / (rowBytes + 1));
  const out = new Uint8Array(bytes.byteLength - rows);
  for (let row = 0; row < rows; row += 1) {
    const from = row * (rowBytes + 1);
    const type = bytes[from] ?? 0;
    if (type > 4) throw malformed('predictor');
    const to = row * rowBytes;
    const length = Math.min(rowBytes, bytes.byteLength - from - 1);
    for (let at = 0; at < length; at += 1) {
      const left = at >= pixelBytes ? (out[to + at - pixelBytes] ?? 0) : 0;
      const up = row > 0 ? (out[to + at - rowBytes] ?? 0) : 0;
      const corner = row > 0 && at >= pixelBytes ? (out[to + at - rowBytes - pixelBytes] ?? 0) : 0;
      out[to + at] = (bytes[from + 1 + at] ?? 0) + predicted(type, left, up, corner);
    }
  }
  return out;
}

/** @source PNG (W3C) 9.2 */
function predicted(type: number, left: number, up: number, corner: number): number {
  if (type === 0) return 0;
  if (type === 1) return left;
  if (type === 2) return up;
  if (type === 3) return (left + up) >> 1;
  const guess = left + up - corner;
  const [dLeft, dUp, dCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return dLeft <= dUp && dLeft <= dCorner ? left : dUp <= dCorner ? up : corner;
}
