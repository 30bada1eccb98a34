import { AnjuanError } from '@anjuan/core';

/** Layout, scheduling and page sources: half of the viewer's code. */
type OpenRecordParts = typeof import('./reading-parts.js');

let loading: Promise<OpenRecordParts> | undefined;
let loaded: OpenRecordParts | undefined;

/** Loads the parts with the first record, while its manifest is on the way. A failure is tried again by the next call. */
export async function loadReadingParts(): Promise<void> {
  loading ??= import('./reading-parts.js');
  try {
    loaded = await loading;
  } catch (cause) {
    loading = undefined;
    throw new AnjuanError('network-interrupted', { message: 'A part of the viewer could not be loaded.', cause });
  }
}

/** The parts; a record is open only after they were loaded. */
export function readingParts(): OpenRecordParts {
  if (!loaded) throw new AnjuanError('unexpected', { message: 'The reading parts are not loaded.' });
  return loaded;
}
