import { isArray, isDict, isName, isRef, isStream, type PdfDict } from '../../pdf/objects.js';
import { listPages } from '../../pdf/read/index.js';
import { hasArea, numbers, overlaps, pageContentBoxes, type Box } from '../changes/content-boxes.js';
import { Comparison } from '../changes/comparison.js';
import type { ObjectGraph } from '../changes/object-graph.js';
import { isOpaque } from '../changes/opacity.js';
import { lint, type LintFinding } from './lint-finding.js';

interface Placed {
  readonly dict: PdfDict;
  readonly box: Box;
  readonly path: string;
  readonly widget: boolean;
}

/** Annotations and fields that lie over content or over one another. */
export async function lintAnnotations(graph: ObjectGraph): Promise<LintFinding[]> {
  const { file } = graph;
  const last = file.revisions.length - 1;
  // A comparison of the newest revision with itself reads both sides alike.
  const step = new Comparison(graph, last, new Set(), last);
  const found: LintFinding[] = [];
  for (const page of await listPages(file)) {
    const pageNumber = page.index + 1;
    const placed: Placed[] = [];
    const annots = await file.resolve(page.dict.entries.get('Annots') ?? null);
    for (const [index, item] of (isArray(annots) ? annots : []).entries()) {
      const dict = await file.resolve(item);
      const box = isDict(dict) ? numbers(await file.resolve(dict.entries.get('Rect') ?? null)) : undefined;
      if (!isDict(dict) || !box || !hasArea(box) || isName(dict.entries.get('Subtype'), 'Popup')) continue;
      const path = isRef(item)
        ? `Object/${String(item.number)}`
        : `Pages/${String(page.index)}/Annots/${String(index)}`;
      placed.push({ dict, box, path, widget: isName(dict.entries.get('Subtype'), 'Widget') });
    }
    if (placed.length === 0) continue;
    const content = await pageContentBoxes(step, page.dict, page.mediaBox);
    for (const [index, one] of placed.entries()) {
      if (placed.slice(0, index).some((other) => overlaps(other.box, one.box))) {
        found.push(lint('overlaid', one.path, { pageNumber }));
      }
      const over = content.some((box) => overlaps(box, one.box));
      if (!over || isName(one.dict.entries.get('Subtype'), 'Link')) continue;
      const drawn = await isDrawn(graph, one.dict);
      if (one.widget && !drawn) found.push(lint('invisible', one.path, { pageNumber }));
      else if (await isOpaque(step, one.dict.entries.get('AP'))) found.push(lint('covers', one.path, { pageNumber }));
    }
  }
  return found;
}

async function isDrawn({ file }: ObjectGraph, dict: PdfDict): Promise<boolean> {
  const appearance = await file.resolve(dict.entries.get('AP') ?? null);
  const normal = isDict(appearance) ? await file.resolve(appearance.entries.get('N') ?? null) : null;
  return isDict(normal) || (isStream(normal) && normal.lengthBytes > 0);
}
