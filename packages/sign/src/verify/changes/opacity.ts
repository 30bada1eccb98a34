import { isDict, isName, isStream, type PdfDict, type PdfObject } from '../../pdf/objects.js';
import type { Comparison } from './comparison.js';
import { contentOperations } from './content-operations.js';

const MAX_BYTES = 4 << 20;
const MAX_DEPTH = 12;
const FILLS = /^([fF]\*?|[bB]\*?|sh)$/;

/**
 * True when an appearance may hide what is under it: a filled rectangle or a picture without transparency, or anything that cannot be
 * read. Glyphs and strokes are thin and let the content be seen.
 */
export async function isOpaque(step: Comparison, appearance: PdfObject | undefined): Promise<boolean> {
  const states = await step.new(appearance ?? null);
  if (!isDict(states)) return false;
  const normal = await step.new(states.entries.get('N') ?? null);
  if (isStream(normal)) return drawsOpaque(step, normal, 0, false);
  // Several states: each of them counts.
  for (const state of isDict(normal) ? normal.entries.values() : []) {
    const stream = await step.new(state);
    if (isStream(stream) && (await drawsOpaque(step, stream, 0, false))) return true;
  }
  return false;
}

async function drawsOpaque(step: Comparison, form: PdfObject, depth: number, see: boolean): Promise<boolean> {
  if (!isStream(form) || depth > MAX_DEPTH) return true;
  const resources = await dict(step, form.dict.entries.get('Resources'));
  const [graphics, objects] = [
    await dict(step, resources.entries.get('ExtGState')),
    await dict(step, resources.entries.get('XObject')),
  ];
  let text = '';
  try {
    text = new TextDecoder('latin1').decode(await step.graph.file.decode(form, { maxBytes: MAX_BYTES }));
  } catch {
    return true;
  }
  let transparent = see;
  const saved: boolean[] = [];
  let [corners, rectangles] = [0, 0];
  for (const { operator, names } of contentOperations(text)) {
    if (operator === 'q') saved.push(transparent);
    else if (operator === 'Q') transparent = saved.pop() ?? see;
    else if (operator === 'gs') transparent = await isTransparent(step, graphics, names[0] ?? '', transparent);
    else if (operator === 're') rectangles += 1;
    else if (operator === 'l') corners += 1;
    else if (operator === 'n' || operator === 'S' || operator === 's') [corners, rectangles] = [0, 0];
    else if (FILLS.test(operator)) {
      // Fills along curves or with many corners are the strokes of glyphs and seals.
      if (!transparent && (rectangles > 0 || (corners > 1 && corners < 8) || operator === 'sh')) return true;
      [corners, rectangles] = [0, 0];
    } else if (operator === 'BI') {
      if (!transparent) return true;
    } else if (operator === 'Do') {
      const object = await step.new(objects.entries.get(names[0] ?? '') ?? null);
      if (!isStream(object)) continue;
      if (isName(await step.new(object.dict.entries.get('Subtype') ?? null), 'Image')) {
        const masked = ['SMask', 'Mask', 'ImageMask'].some((key) => object.dict.entries.has(key));
        if (!masked && !transparent) return true;
      } else if (await drawsOpaque(step, object, depth + 1, transparent)) return true;
    }
  }
  return false;
}

const dict = async (step: Comparison, value: PdfObject | undefined): Promise<PdfDict> =>
  (await step.dicts(null, value))[1];

async function isTransparent(step: Comparison, states: PdfDict, name: string, before: boolean): Promise<boolean> {
  const state = await dict(step, states.entries.get(name));
  const alpha = await step.new(state.entries.get('ca') ?? null);
  const blend = await step.new(state.entries.get('BM') ?? null);
  const mask = await step.new(state.entries.get('SMask') ?? null);
  if (typeof alpha === 'number' && alpha < 0.9) return true;
  if ((isName(blend) && blend.value !== 'Normal' && blend.value !== 'Compatible') || isDict(mask)) return true;
  return typeof alpha === 'number' || isName(blend) ? false : before;
}
