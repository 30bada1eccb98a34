import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { RecordFolder } from '../folder-format.js';
import { checkRecord } from './check-record.js';

export const RECORD_FILE = 'record.json';

/** One folder with a record.json below the ingest directory. */
export type FoundRecord =
  | { readonly status: 'ok'; readonly folder: string; readonly record: RecordFolder }
  /** `place` is relative to the ingest directory. */
  | { readonly status: 'invalid'; readonly place: string; readonly problems: readonly string[] };

/** Every record below `dir`, by path. A broken one is listed with its problems; two with one id are both refused. */
export async function findRecords(dir: string): Promise<readonly FoundRecord[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name === RECORD_FILE)
    .map((entry) => join(entry.path, entry.name))
    .sort();
  const found = await Promise.all(files.map((file) => readRecord(dir, file)));
  const count = new Map<string, number>();
  for (const item of found) {
    if (item.status === 'ok') count.set(item.record.recordId, (count.get(item.record.recordId) ?? 0) + 1);
  }
  return found.map((item) =>
    item.status === 'ok' && (count.get(item.record.recordId) ?? 0) > 1
      ? { status: 'invalid', place: relative(dir, item.folder), problems: ['recordId occurs in another folder too'] }
      : item,
  );
}

async function readRecord(dir: string, file: string): Promise<FoundRecord> {
  const folder = dirname(file);
  const place = relative(dir, folder) || '.';
  try {
    const checked = checkRecord(await readFile(file, 'utf8'));
    if (checked.status === 'ok') return { status: 'ok', folder, record: checked.record };
    return { status: 'invalid', place, problems: checked.problems };
  } catch {
    return { status: 'invalid', place, problems: ['record.json cannot be read'] };
  }
}
