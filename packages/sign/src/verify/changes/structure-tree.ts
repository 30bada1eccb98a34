import { isArray, isDict, isRef, type PdfObject } from '../../pdf/objects.js';
import { keysOf, type Comparison } from './comparison.js';

const GROWING = new Set(['K', 'Kids', 'Nums', 'ParentTree', 'ParentTreeNextKey', 'Limits']);
const MAX_DEPTH = 200;

/**
 * True when the structure tree has only grown, as it does when a signature field is added to a tagged document. It has no
 * part in what a page shows. @source ISO 32000-2 14.7
 */
export async function hasOnlyGrown(
  step: Comparison,
  a: PdfObject | undefined,
  b: PdfObject | undefined,
  depth = 0,
): Promise<boolean> {
  if ((await step.difference(a, b, 'Root/StructTreeRoot/K')) === undefined) return true;
  const [before, after] = [await step.old(a ?? null), await step.new(b ?? null)];
  if (depth > MAX_DEPTH) return false;
  if (isDict(before) && isDict(after)) {
    // A tree without members says nothing yet.
    if (depth === 0 && !before.entries.has('K')) return true;
    for (const key of keysOf(before, after)) {
      const [was, is] = [before.entries.get(key), after.entries.get(key)];
      // The way back up is no part of what an element says.
      if (key === 'P' && isRef(was) && isRef(is) && was.number === is.number) continue;
      if (
        GROWING.has(key)
          ? !(await grew(step, was, is, depth))
          : (await step.difference(was, is, `Root/StructTreeRoot/${key}`)) !== undefined
      ) {
        return false;
      }
    }
    return true;
  }
  return isArray(before) && isArray(after) && grew(step, before, after, depth);
}

/** Every old member is still there, in its order, and has only grown itself. */
async function grew(
  step: Comparison,
  a: PdfObject | undefined,
  b: PdfObject | undefined,
  depth: number,
): Promise<boolean> {
  const [was, is] = [await step.old(a ?? null), await step.new(b ?? null)];
  if (was === null || typeof was === 'number') return typeof was === 'number' ? typeof is === 'number' : true;
  if (isDict(was) && isDict(is)) return hasOnlyGrown(step, a, b, depth + 1);
  const [old, now] = [isArray(was) ? was : [a ?? null], isArray(is) ? is : [b ?? null]];
  let next = 0;
  for (const item of now) {
    const wanted = old[next];
    if (wanted === undefined) break;
    // Lists of the parent tree may be written anew under another number.
    const same =
      isRef(wanted) && isRef(item)
        ? wanted.number === item.number || (isArray(await step.old(wanted)) && isArray(await step.new(item)))
        : isRef(wanted) === isRef(item);
    if (same && (await hasOnlyGrown(step, wanted, item, depth + 1))) next += 1;
  }
  return next === old.length;
}
