import { isArray, isDict, isRef, type PdfDict, type PdfObject, type PdfRef } from '../objects.js';
import type { AtRevision, PdfFile } from '../pdf-file.js';
import { limits } from './limits.js';
import { beyondLimit, malformed } from './read-errors.js';

/** Left, bottom, right, top in points. */
export type PdfBox = readonly [number, number, number, number];

/** One page with what it inherits. @source ISO 32000-2 7.7.3.4 */
export interface PdfPage {
  readonly index: number;
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly mediaBox: PdfBox;
  /** /CropBox within the media box; the media box when there is none. */
  readonly cropBox: PdfBox;
  /** Clockwise degrees: 0, 90, 180 or 270. */
  readonly rotate: 0 | 90 | 180 | 270;
}

/** The catalog as of a revision: /Root of that revision's trailer. Errors: `pdf-malformed`. */
export async function readCatalog(file: PdfFile, at: AtRevision = {}): Promise<PdfDict> {
  const own = at.revision === undefined ? undefined : file.revisions[at.revision]?.trailer.entries.get('Root');
  const catalog = await file.resolve(own ?? file.trailer.entries.get('Root'), at);
  if (!isDict(catalog)) throw malformed('catalog');
  return catalog;
}

/** Four numbers in any order of corners as left, bottom, right, top; undefined when it is no rectangle. */
export async function readBox(
  file: PdfFile,
  value: PdfObject | undefined,
  at: AtRevision,
): Promise<PdfBox | undefined> {
  const array = await file.resolve(value, at);
  if (!isArray(array) || array.length !== 4) return undefined;
  const numbers: number[] = [];
  for (const member of array) {
    const number = await file.resolve(member, at);
    if (typeof number !== 'number') return undefined;
    numbers.push(number);
  }
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = numbers;
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
}

const INHERITED = ['MediaBox', 'CropBox', 'Rotate'];

/** Pages in order. Errors: `pdf-malformed`, `pdf-limits-exceeded`, `aborted`. */
export async function listPages(file: PdfFile, at: AtRevision = {}): Promise<readonly PdfPage[]> {
  const pages: PdfPage[] = [];
  const seen = new Set<number>();
  const visit = async (
    ref: PdfObject | undefined,
    above: ReadonlyMap<string, PdfObject>,
    depth: number,
  ): Promise<void> => {
    if (!isRef(ref)) throw malformed('page-tree');
    if (seen.has(ref.number) || depth > limits.treeDepth) throw beyondLimit('page-tree');
    if (seen.add(ref.number).size > limits.treeNodes) throw beyondLimit('page-tree');
    const dict = await file.resolve(ref, at);
    if (!isDict(dict)) throw malformed('page-tree');
    const inherited = new Map(above);
    for (const key of INHERITED) {
      const own = dict.entries.get(key);
      if (own !== undefined) inherited.set(key, own);
    }
    const kids = await file.resolve(dict.entries.get('Kids'), at);
    if (!isArray(kids)) pages.push(await page(file, { index: pages.length, ref, dict, inherited, at }));
    else for (const kid of kids) await visit(kid, inherited, depth + 1);
  };
  await visit((await readCatalog(file, at)).entries.get('Pages'), new Map(), 0);
  return pages;
}

/** US letter, as lenient readers take when /MediaBox is missing; the standard requires one. */
const DEFAULT_BOX: PdfBox = [0, 0, 612, 792];

async function page(
  file: PdfFile,
  found: {
    readonly index: number;
    readonly ref: PdfRef;
    readonly dict: PdfDict;
    readonly inherited: ReadonlyMap<string, PdfObject>;
    readonly at: AtRevision;
  },
): Promise<PdfPage> {
  const { index, ref, dict, inherited, at } = found;
  const mediaBox = (await readBox(file, inherited.get('MediaBox'), at)) ?? DEFAULT_BOX;
  const [left, bottom, right, top] = (await readBox(file, inherited.get('CropBox'), at)) ?? mediaBox;
  const cut: PdfBox = [
    Math.max(left, mediaBox[0]),
    Math.max(bottom, mediaBox[1]),
    Math.min(right, mediaBox[2]),
    Math.min(top, mediaBox[3]),
  ];
  const rotate = await file.resolve(inherited.get('Rotate'), at);
  const quarters = typeof rotate === 'number' && rotate % 90 === 0 ? (((rotate / 90) % 4) + 4) % 4 : 0;
  const cropBox = cut[0] < cut[2] && cut[1] < cut[3] ? cut : mediaBox;
  return { index, ref, dict, mediaBox, cropBox, rotate: ([0, 90, 180, 270] as const)[quarters] ?? 0 };
}
