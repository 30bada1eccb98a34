import { readJson, writeJson } from '../viewer/safe-storage.js';

const STORAGE_KEY = 'anjuan.viewer.rail';

export const RAIL_MIN_PX = 200;
export const RAIL_MAX_PX = 560;
export const RAIL_DEFAULT_PX = 280;

/** How the reader likes the rail; the same for every record, so it says nothing about any. */
export interface RailPreferences {
  readonly widthPx: number;
  readonly open: boolean;
}

export function clampRailWidth(widthPx: number): number {
  return Math.round(Math.min(RAIL_MAX_PX, Math.max(RAIL_MIN_PX, widthPx)));
}

export function loadRailPreferences(storage: Storage | undefined): RailPreferences {
  const stored = readJson(storage, STORAGE_KEY) ?? {};
  const width = stored['widthPx'];
  return {
    widthPx: typeof width === 'number' && Number.isFinite(width) ? clampRailWidth(width) : RAIL_DEFAULT_PX,
    open: stored['open'] !== false,
  };
}

export function saveRailPreferences(storage: Storage | undefined, preferences: RailPreferences): void {
  writeJson(storage, STORAGE_KEY, { ...preferences });
}
