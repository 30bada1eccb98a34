import type { AnjuanError } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { EsclInput } from './capabilities.js';
import { parseXml, textAt } from './xml.js';

/** How a scanner feels. */
export interface EsclStatus {
  readonly state: string;
  readonly adfState: string;
}

/** Reads `/ScannerStatus`. */
export function parseStatus(source: string): EsclStatus {
  const root = parseXml(source);
  if (root.name !== 'ScannerStatus') throw captureError('device-protocol', { details: { part: 'status' } });
  return { state: textAt(root, 'State').slice(0, 60), adfState: textAt(root, 'AdfState').slice(0, 60) };
}

/**
 * What keeps the scanner from working, or nothing. The feeder counts only for work with the feeder. Names differ between
 * makers (`ScannerAdfHatchOpen`, `ScannerAdfDoorOpen`), so their meaning part decides.
 */
export function statusFault({ state, adfState }: EsclStatus, input: EsclInput): AnjuanError | undefined {
  const details = { details: { state, adfState } };
  if (input !== 'platen') {
    if (/Jam|Mispick|Multipick/.test(adfState)) return captureError('scanner-jam', details);
    if (/Open/.test(adfState)) return captureError('scanner-open', details);
    if (/Empty/.test(adfState)) return captureError('scanner-empty', details);
    if (/Fail|Error/.test(adfState)) return captureError('scanner-failed', details);
  }
  if (state === 'Stopped' || state === 'Down') return captureError('scanner-failed', details);
  if (state === 'Processing' || state === 'Testing') return captureError('scanner-busy', details);
  return undefined;
}
