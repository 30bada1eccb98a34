import { throwIfAborted } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { BlobWindow } from '../blob-window.js';

/** Values of the tags of one page, numbers only; texts and unknown types are left out. */
export type TiffTags = ReadonlyMap<number, readonly number[]>;

/** Where the pages of a TIFF are. */
export interface TiffDirectory {
  readonly littleEndian: boolean;
  /** Places of the page directories, in order. */
  readonly pages: readonly number[];
}

/** Bytes of one value by its type. @source TIFF 6.0 clause 2 */
const TYPE_BYTES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  13: 4,
};
/** Tags that may have many values: a page in one strip a row has thousands of places. */
const MOST_VALUES = 1_000_000;
const MOST_ENTRIES = 4096;
const ENTRY_BYTES = 12;

/** A damaged TIFF; `part` names what does not fit. */
export function malformedTiff(part: string): Error {
  return captureError('tiff-malformed', { details: { part } });
}

/**
 * Follows the chain of pages without reading one. Errors: `tiff-malformed` (chain leaves the file or runs in a circle),
 * `too-many-pages`, `aborted`.
 */
export async function readTiffDirectory(
  file: BlobWindow,
  { maxPages, signal }: { readonly maxPages: number; readonly signal?: AbortSignal },
): Promise<TiffDirectory> {
  const head = await file.read(0, 8);
  if (!head) throw malformedTiff('header');
  const littleEndian = head[0] === 0x49;
  const view = viewOf(head);
  if (view.getUint16(2, littleEndian) !== 42) throw malformedTiff('version');
  const pages: number[] = [];
  const seen = new Set<number>();
  for (let place = view.getUint32(4, littleEndian); place !== 0;) {
    throwIfAborted(signal);
    if (seen.has(place)) throw malformedTiff('circle');
    seen.add(place);
    const count = await entryCount(file, place, littleEndian);
    const tail = await file.read(place + 2 + count * ENTRY_BYTES, 4);
    // Some writers cut the last link off.
    const next = tail ? viewOf(tail).getUint32(0, littleEndian) : 0;
    if (!(await isThumbnail(file, place, count, littleEndian))) pages.push(place);
    if (pages.length > maxPages) throw captureError('too-many-pages', { details: { limit: maxPages } });
    place = next;
  }
  return { littleEndian, pages };
}

/** The tags of the page at this place. */
export async function readTiffTags(file: BlobWindow, place: number, littleEndian: boolean): Promise<TiffTags> {
  const count = await entryCount(file, place, littleEndian);
  const entries = await file.read(place + 2, count * ENTRY_BYTES);
  if (!entries) throw malformedTiff('directory');
  // A copy: reading values may move the window.
  const view = viewOf(entries.slice());
  const tags = new Map<number, readonly number[]>();
  for (let at = 0; at < count * ENTRY_BYTES; at += ENTRY_BYTES) {
    const type = view.getUint16(at + 2, littleEndian);
    const values = view.getUint32(at + 4, littleEndian);
    const size = (TYPE_BYTES[type] ?? 0) * values;
    if (size === 0 || values > MOST_VALUES) continue;
    const inPlace = new Uint8Array(view.buffer, view.byteOffset + at + 8, 4);
    const bytes = size <= 4 ? inPlace : await file.read(view.getUint32(at + 8, littleEndian), size);
    if (bytes) tags.set(view.getUint16(at, littleEndian), numbersOf(bytes, type, values, littleEndian));
  }
  return tags;
}

async function entryCount(file: BlobWindow, place: number, littleEndian: boolean): Promise<number> {
  const bytes = await file.read(place, 2);
  const count = bytes ? viewOf(bytes).getUint16(0, littleEndian) : 0;
  if (count === 0 || count > MOST_ENTRIES || place + 2 + count * ENTRY_BYTES > file.size)
    throw malformedTiff('directory');
  return count;
}

/** Bit 0 of tag 254: a smaller copy of another page, for overviews. */
async function isThumbnail(file: BlobWindow, place: number, count: number, littleEndian: boolean): Promise<boolean> {
  const entries = await file.read(place + 2, count * ENTRY_BYTES);
  if (!entries) return false;
  const view = viewOf(entries);
  for (let at = 0; at < entries.length; at += ENTRY_BYTES) {
    if (view.getUint16(at, littleEndian) === 254) return (view.getUint32(at + 8, littleEndian) & 1) === 1;
  }
  return false;
}

function numbersOf(bytes: Uint8Array, type: number, count: number, littleEndian: boolean): readonly number[] {
  const view = viewOf(bytes);
  const read: Readonly<Record<number, (index: number) => number>> = {
    3: (index) => view.getUint16(index * 2, littleEndian),
    4: (index) => view.getUint32(index * 4, littleEndian),
    5: (index) => view.getUint32(index * 8, littleEndian) / view.getUint32(index * 8 + 4, littleEndian),
    13: (index) => view.getUint32(index * 4, littleEndian),
  };
  const one = read[type] ?? ((index: number) => bytes[index] ?? 0);
  return type === 2 ? [] : Array.from({ length: count }, (_none, index) => one(index));
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
