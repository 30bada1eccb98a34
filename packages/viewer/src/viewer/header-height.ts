import type { AnjuanSession } from '@anjuan/core/element';

/** Height in CSS px of the strip above a document: room for a finger and for large type. */
export function headerHeightPx({ density, textSize }: Pick<AnjuanSession, 'density' | 'textSize'>): number {
  return density === 'touch' || textSize === 'large' ? 48 : 36;
}

/** What an open record takes from the session. */
export function sessionOptions(
  session: AnjuanSession,
): Pick<AnjuanSession, 'assetsUrl' | 'telemetry'> & { readonly headerHeightPx: number } {
  const { assetsUrl, telemetry } = session;
  return { assetsUrl, headerHeightPx: headerHeightPx(session), ...(telemetry && { telemetry }) };
}
