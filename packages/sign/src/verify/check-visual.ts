import { AnjuanError } from '@anjuan/core';
import type { ByteSource } from '../bytes/byte-source.js';
import { isDict, isRef } from '../pdf/objects.js';
import { listPages, listSignatureFields, type PdfBox, type PdfPage } from '../pdf/read/index.js';
import { numbers } from './changes/content-boxes.js';
import type { PageRenderer } from './page-renderer.js';
import { say } from './texts.js';
import { coveredEnd, type Verification, type VerifyContext } from './verification.js';

type Pixels = Awaited<ReturnType<PageRenderer['render']>>;
const TILE = 16;
/** A channel may differ by so much in rounding, and so many pixels of a tile in smoothing. */
const TOLERANCE = 24;
const TILE_PIXELS = 4;
/** Frames around fields may be drawn a little outside. */
const MARGIN_PT = 3;

/** Compares pages as drawn: the signed revision beside the newest one. */
export async function checkVisual(all: readonly Verification[], context: VerifyContext): Promise<void> {
  const { file, options } = context;
  const { renderer, signal } = options;
  const drawn = new Map<string, Promise<Pixels>>();
  for (const one of all) {
    const { findings, revision, byteRange, removed } = one.found;
    if (!byteRange || removed) continue;
    if (revision === file.revisions.length - 1) findings.skipped('visual-difference', 'visual-unneeded');
    else if (!renderer) findings.skipped('visual-difference', 'visual-skipped');
    else {
      try {
        await compareOne(one, renderer);
      } catch (error) {
        if (signal?.aborted) throw new AnjuanError('aborted', { cause: error });
        findings.unknown('visual-difference', 'SIGNED_DATA_NOT_FOUND', 'visual-failed');
      }
    }
  }

  async function compareOne(one: Verification, by: PageRenderer): Promise<void> {
    const { findings, revision } = one.found;
    const [before, after] = [await listPages(file, { revision }), await listPages(file)];
    if (before.length !== after.length) return findings.failed('visual-difference', 'FORMAT_FAILURE', 'visual-pages');
    const free = await freeAreas(one, context);
    const signedBlob = await blobOf(file.source, coveredEnd(one));
    const newestBlob = await blobOf(file.source, file.source.sizeBytes);
    for (const page of after.slice(0, options.policy?.visualPages ?? 20)) {
      const draw = (key: string, blob: Blob): Promise<Pixels> => {
        const known = drawn.get(`${key} ${String(page.index)}`);
        const widthPx = options.policy?.visualWidthPx ?? 800;
        const asked = known ?? by.render({ file: blob, pageIndex: page.index, widthPx, ...(signal && { signal }) });
        drawn.set(`${key} ${String(page.index)}`, asked);
        return asked;
      };
      const areas = free.get(page.ref.number) ?? [];
      const found = difference(
        await draw(`r${String(revision)}`, signedBlob),
        await draw('newest', newestBlob),
        page,
        areas,
      );
      if (!found) continue;
      const where = found.map(Math.round).join(' ');
      return findings.failed(
        'visual-difference',
        'SIG_CONSTRAINTS_FAILURE',
        say('visual-different', page.index + 1, where),
      );
    }
    findings.passed('visual-difference', 'visual-same');
  }
}

async function blobOf(source: ByteSource, sizeBytes: number): Promise<Blob> {
  const parts: BlobPart[] = [];
  for (let at = 0; at < sizeBytes; at += 4 << 20) {
    parts.push(new Uint8Array(await source.read(at, Math.min(4 << 20, sizeBytes - at))));
  }
  return new Blob(parts, { type: 'application/pdf' });
}

/** Places where a later save may draw: widgets of newer signatures, and of fields that were permitted to be filled. */
async function freeAreas(one: Verification, { file }: VerifyContext): Promise<Map<number, PdfBox[]>> {
  const areas = new Map<number, PdfBox[]>();
  const pages = await listPages(file);
  const add = async (number: number): Promise<void> => {
    const dict = await file.get({ type: 'ref', number, generation: 0 });
    const box = isDict(dict) ? numbers(await file.resolve(dict.entries.get('Rect') ?? null)) : undefined;
    if (!box) return;
    for (const page of pages) {
      const annots = await file.resolve(page.dict.entries.get('Annots') ?? null);
      if (Array.isArray(annots) && annots.some((item) => isRef(item) && item.number === number)) {
        areas.set(page.ref.number, [...(areas.get(page.ref.number) ?? []), box]);
      }
    }
  };
  for (const field of await listSignatureFields(file)) {
    if (field.value && field.value.revision > one.found.revision)
      for (const ref of field.widgetRefs) await add(ref.number);
  }
  for (const { kind, result, objectNumber } of one.changes) {
    if (kind === 'form-fill' && result === 'allowed' && objectNumber !== undefined) await add(objectNumber);
  }
  return areas;
}

/** The rectangle in points that holds every differing tile outside the free areas; undefined when all is alike. */
function difference(a: Pixels, b: Pixels, page: PdfPage, free: readonly PdfBox[]): PdfBox | undefined {
  if (a.widthPx !== b.widthPx || a.heightPx !== b.heightPx) return page.cropBox;
  const tiles: PdfBox[] = [];
  for (let top = 0; top < a.heightPx; top += TILE) {
    for (let left = 0; left < a.widthPx; left += TILE) {
      const box = toPoints([left, top, Math.min(left + TILE, a.widthPx), Math.min(top + TILE, a.heightPx)], a, page);
      if (!free.some((area) => touches(area, box)) && tileDiffers(a, b, left, top)) tiles.push(box);
    }
  }
  if (tiles.length === 0) return undefined;
  const side = (index: 0 | 1 | 2 | 3, pick: (...values: number[]) => number): number =>
    pick(...tiles.map((t) => t[index]));
  return [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)];
}

function tileDiffers(a: Pixels, b: Pixels, left: number, top: number): boolean {
  let count = 0;
  for (let y = top; y < Math.min(top + TILE, a.heightPx); y += 1) {
    for (let x = left; x < Math.min(left + TILE, a.widthPx); x += 1) {
      const at = (y * a.widthPx + x) * 4;
      for (let channel = 0; channel < 3; channel += 1) {
        if (Math.abs((a.rgba[at + channel] ?? 0) - (b.rgba[at + channel] ?? 0)) > TOLERANCE) {
          count += 1;
          break;
        }
      }
    }
  }
  return count >= TILE_PIXELS;
}

/** Pixels as drawn (turned by /Rotate, top down) to points of the page. */
function toPoints([left, top, right, bottom]: PdfBox, { widthPx, heightPx }: Pixels, page: PdfPage): PdfBox {
  const [x0, y0, x1, y1] = page.cropBox;
  const map = (px: number, py: number): readonly [number, number] => {
    const [u, v] = [px / widthPx, py / heightPx];
    const turned = { 0: [u, 1 - v], 90: [v, u], 180: [1 - u, v], 270: [1 - v, 1 - u] }[page.rotate];
    return [x0 + (turned[0] ?? 0) * (x1 - x0), y0 + (turned[1] ?? 0) * (y1 - y0)];
  };
  const [[ax, ay], [bx, by]] = [map(left, top), map(right, bottom)];
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}

const touches = (area: PdfBox, box: PdfBox): boolean =>
  area[0] - MARGIN_PT < box[2] &&
  box[0] < area[2] + MARGIN_PT &&
  area[1] - MARGIN_PT < box[3] &&
  box[1] < area[3] + MARGIN_PT;
