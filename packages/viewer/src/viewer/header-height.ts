import type { AnjuanSession } from '@anjuan/core/element';

/** Height in CSS px of the strip above a document: room for a finger and for large type. */
export function headerHeightPx({ density, textSize }: Pick<AnjuanSession, 'density' | 'textSize'>): number {
  return density === 'touch' || textSize === 'large' ? 48 : 36;
}
