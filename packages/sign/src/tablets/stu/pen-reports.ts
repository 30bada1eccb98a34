import { protocolError } from './feature-reports.js';
import { reportIds } from './report-ids.js';

/** What the pen said at one moment, in tablet units. */
export interface StuPenPoint {
  /** The pen is near the surface. */
  readonly near: boolean;
  /** Tip switch and side switches; 0 is none. */
  readonly switches: number;
  readonly pressure: number;
  readonly x: number;
  readonly y: number;
  /** Counter of milliseconds, 16 bits, wraps. */
  readonly timeCount?: number;
  /** Counter of reports, 16 bits, wraps. */
  readonly sequence?: number;
}

/** Which meaning the option of reports 30 and 31 has: it is set by report 32 and not told in the data. */
export type StuOptionMeaning = 'time' | 'sequence';

const lengths: Readonly<Record<number, number>> = {
  [reportIds.penData]: 6,
  [reportIds.penDataOption]: 8,
  [reportIds.penDataTimeCountSequence]: 10,
  [reportIds.penDataEncrypted]: 16,
  [reportIds.penDataEncryptedOption]: 20,
  [reportIds.penDataTimeCountSequenceEncrypted]: 16,
};

/** True for input reports that carry the pen. */
export const isPenReport = (reportId: number): boolean => lengths[reportId] !== undefined;

/** True for input reports whose first 16 bytes are encrypted. */
export const isEncryptedPenReport = (reportId: number): boolean =>
  reportId === reportIds.penDataEncrypted ||
  reportId === reportIds.penDataEncryptedOption ||
  reportId === reportIds.penDataTimeCountSequenceEncrypted;

/** Refuses reports that are too short for their number. */
export function requireLength(reportId: number, data: DataView): void {
  const length = lengths[reportId];
  if (length === undefined) throw protocolError('unknown-report', reportId);
  if (data.byteLength < length) throw protocolError('short-report', reportId);
}

/** bit 7 near, bits 6..4 switches, bits 3..0 high part of the pressure, big endian. @source WacomGSS/STU Protocol.cpp */
const penAt = (data: DataView, at: number): StuPenPoint => ({
  near: (data.getUint8(at) & 0x80) !== 0,
  switches: (data.getUint8(at) >> 4) & 7,
  pressure: data.getUint16(at) & 0x0fff,
  x: data.getUint16(at + 2),
  y: data.getUint16(at + 4),
});

/** Points of a plain report. Errors: `pad-protocol`. */
export function decodePenReport(reportId: number, data: DataView, meaning: StuOptionMeaning): readonly StuPenPoint[] {
  requireLength(reportId, data);
  const point = penAt(data, 0);
  if (reportId === reportIds.penData) return [point];
  if (reportId === reportIds.penDataOption) return [withOption(point, data.getUint16(6), meaning)];
  if (reportId === reportIds.penDataTimeCountSequence) {
    return [{ ...point, timeCount: data.getUint16(6), sequence: data.getUint16(8) }];
  }
  throw protocolError('unknown-report', reportId);
}

/**
 * Points of an encrypted report; `plain` are its first 16 bytes after decryption. A wrong session number means a wrong key.
 * Errors: `pad-protocol`.
 */
export function decodeDecryptedReport(
  reportId: number,
  plain: DataView,
  data: DataView,
  options: { readonly session: number; readonly meaning: StuOptionMeaning },
): readonly StuPenPoint[] {
  const single = reportId === reportIds.penDataTimeCountSequenceEncrypted;
  if (plain.getUint32(single ? 12 : 0) !== options.session >>> 0) throw protocolError('session', reportId);
  if (single) return [{ ...penAt(plain, 0), timeCount: plain.getUint16(6), sequence: plain.getUint16(8) }];
  const pair = [penAt(plain, 4), penAt(plain, 10)];
  if (reportId === reportIds.penDataEncrypted) return pair;
  return pair.map((point, index) => withOption(point, data.getUint16(16 + index * 2), options.meaning));
}

const withOption = (point: StuPenPoint, option: number, meaning: StuOptionMeaning): StuPenPoint =>
  meaning === 'time' ? { ...point, timeCount: option } : { ...point, sequence: option };
