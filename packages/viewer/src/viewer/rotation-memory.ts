import type { DocumentEntry, RotationDeg } from '@anjuan/core';
import type { PageRotated } from '../viewport/types.js';
import { opaqueKey } from './opaque-key.js';
import { readJson, writeJson } from './safe-storage.js';

const STORAGE_KEY = 'anjuan.viewer.rotations';

/** Records remembered; the ones turned longest ago are forgotten first. */
const MAX_RECORDS = 200;

/** Rotations of one record: hashed document id -> index of the page in the document -> degrees. */
type RecordRotations = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function isQuarterTurn(value: unknown): value is Exclude<RotationDeg, 0> {
  return value === 90 || value === 180 || value === 270;
}

function isObject(value: unknown): value is RecordRotations {
  return typeof value === 'object' && value !== null;
}

/**
 * Remembers how the reader turned pages. Keys are hashes of ids, so the store names nobody.
 * Without storage nothing outlives the element.
 */
export class RotationMemory {
  readonly #storage: Storage | undefined;

  constructor(storage: Storage | undefined) {
    this.#storage = storage;
  }

  load(recordId: string, documents: readonly DocumentEntry[]): PageRotated['rotations'] {
    const stored = readJson(this.#storage, STORAGE_KEY)?.[opaqueKey(recordId)];
    if (!isObject(stored)) return [];
    return documents.flatMap(({ documentId }) => {
      const pages = stored[opaqueKey(recordId, documentId)];
      if (!isObject(pages)) return [];
      return Object.entries(pages).flatMap(([index, rotationDeg]) =>
        isQuarterTurn(rotationDeg) && /^\d{1,6}$/.test(index)
          ? [{ documentId, pageInDocument: Number(index), rotationDeg }]
          : [],
      );
    });
  }

  save(recordId: string, rotations: PageRotated['rotations']): void {
    const record: Record<string, Record<string, RotationDeg>> = {};
    for (const { documentId, pageInDocument, rotationDeg } of rotations) {
      if (rotationDeg === 0) continue;
      (record[opaqueKey(recordId, documentId)] ??= {})[String(pageInDocument)] = rotationDeg;
    }
    const key = opaqueKey(recordId);
    const others = Object.entries(readJson(this.#storage, STORAGE_KEY) ?? {}).filter(([other]) => other !== key);
    const kept = others.slice(Math.max(0, others.length - MAX_RECORDS + 1));
    const added: [string, unknown][] = Object.keys(record).length === 0 ? [] : [[key, record]];
    writeJson(this.#storage, STORAGE_KEY, Object.fromEntries([...kept, ...added]));
  }
}
