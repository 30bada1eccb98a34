import type { Kernels } from '../kernels/kernels.js';
import { AngledEdges } from './angled-edges.js';
import { closeDark } from './closing.js';
import { findComponents } from './components.js';
import { findEdges, type EdgePixels } from './edges.js';
import type { ScoredQuad } from './free-hand.js';
import { quadAround } from './hull-quad.js';
import { MaskCover } from './mask-cover.js';
import { tidyMask } from './mask-tidy.js';
import { differenceFromMat } from './mat-difference.js';
import type { MatModel } from './mat-model.js';
import { papersOf } from './pile.js';
import type { Planes } from './planes.js';

/** Smallest paper looked for: an ID card on an A3 mat is 3.7 %. */
const MIN_AREA = 0.012;
const EDGE_THRESHOLD = 12;

/** Papers on the calibrated desk; touching and overlapping ones are told apart by their edges. */
export function matQuads(kernels: Kernels, planes: Planes, mat: MatModel): ScoredQuad[] {
  const { widthPx, heightPx } = planes;
  const { planes: difference, mask } = differenceFromMat(planes, mat);
  const tidy = tidyMask(kernels, mask, widthPx, heightPx);
  const { labels, all } = findComponents(tidy, widthPx, heightPx, MIN_AREA * widthPx * heightPx);
  if (all.length === 0) return [];
  const closed = closeDark(kernels, difference.luma, planes, 4);
  const edges = findEdges(kernels, { ...difference, luma: closed }, EDGE_THRESHOLD);
  const fineEdges = findEdges(kernels, difference, EDGE_THRESHOLD);
  return all.flatMap(({ label, areaPx, outline }) => {
    const around = quadAround(outline);
    const own = labels.map((value) => (value === label ? 1 : 0));
    const cover = new MaskCover(Uint8Array.from(own), widthPx, heightPx);
    const near = [edges, fineEdges].map((some) => new AngledEdges(edgesNear(some, labels, label, widthPx)));
    const papers = papersOf({ planes: difference, closed, edges: near, cover, areaPx });
    return papers.length > 0 || !around ? papers : [{ quad: around, score: 0.4 }];
  });
}

/** Edges within two pixels of a component. */
function edgesNear({ count, places }: EdgePixels, labels: Uint16Array, label: number, widthPx: number): EdgePixels {
  const kept = new Int16Array(count * 4);
  let size = 0;
  for (let i = 0; i < count * 4; i += 4) {
    const at = (places[i + 1] ?? 0) * widthPx + (places[i] ?? 0);
    const isNear =
      labels[at] === label ||
      labels[at - 2] === label ||
      labels[at + 2] === label ||
      labels[at - 2 * widthPx] === label ||
      labels[at + 2 * widthPx] === label;
    if (!isNear) continue;
    kept.set(places.subarray(i, i + 4), size);
    size += 4;
  }
  return { count: size / 4, places: kept.subarray(0, size) };
}
