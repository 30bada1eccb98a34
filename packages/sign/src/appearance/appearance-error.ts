import { AnjuanError } from '@anjuan/core';

/** What was asked for cannot be drawn; the reason is a fixed word, never a text of the drawing. */
export const appearanceError = (reason: string): AnjuanError =>
  new AnjuanError('invalid-argument', { message: `This cannot be drawn: ${reason}.`, details: { reason } });

/** Largest side of a drawing: a page of PDF 1.7 may have 14,400 pt. @source ISO 32000-1 annex C */
const MAX_MM = 5080;

/** Refuses sizes that are no sizes. */
export function requireSize(...millimetres: readonly number[]): void {
  if (!millimetres.every((size) => size > 0 && size <= MAX_MM)) throw appearanceError('size');
}
