import { isArray, isDict, isName, isRef, type PdfDict, type PdfObject } from '../../pdf/objects.js';
import { hasArea, numbers, overlaps, pageContentBoxes, type Box } from './content-boxes.js';
import type { Comparison } from './comparison.js';
import type { NewWidgets } from './new-field.js';
import { isOpaque } from './opacity.js';
import type { TreeNode } from './pages.js';

const HIDDEN = 2 | 32;
/** A new signature that takes more of its page hides more than it says. */
const LARGE_PART = 0.3;

/** Compares /Annots of one page: those that were there stay, in their order; new ones are judged by what they are. */
export async function compareAnnotations(step: Comparison, node: TreeNode, widgets: NewWidgets): Promise<void> {
  const [before, after] = [await list(step, node, 'old'), await list(step, node, 'new')];
  const path = `${node.path}/Annots`;
  let next = 0;
  for (const [index, item] of after.entries()) {
    const was = before[next];
    const here = `${path}/${index}`;
    if (
      was !== undefined &&
      isRef(was) === isRef(item) &&
      (!isRef(was) || (isRef(item) && was.number === item.number))
    ) {
      next += 1;
      if ((await step.difference(was, item, here)) !== undefined) await changed(step, node, here, item);
      else if (isRef(item) && step.delegated.has(item.number)) await checkFilled(step, node, here, was, item);
    } else await added(step, node, here, item, widgets);
  }
  if (next < before.length) await changed(step, node, `${path}/${next}`, null);
}

async function list(step: Comparison, node: TreeNode, at: 'old' | 'new'): Promise<readonly PdfObject[]> {
  const found = await step[at]((at === 'old' ? node.before : node.after).entries.get('Annots') ?? null);
  return isArray(found) ? found : [];
}

const changed = async (step: Comparison, node: TreeNode, path: string, item: PdfObject): Promise<void> => {
  const dict = await step.new(item);
  const isWidget = isDict(dict) && isName(await step.new(dict.entries.get('Subtype')), 'Widget');
  step.report({
    kind: 'annotation',
    path,
    needs: isWidget ? 'never' : { rule: 'annotation', covers: true },
    say: 'change-annotation',
    pageNumber: node.pageNumber,
  });
};

/** A field that stood over text when it was signed may not be filled with something that hides the text. */
async function checkFilled(
  step: Comparison,
  node: TreeNode,
  path: string,
  was: PdfObject,
  item: PdfObject,
): Promise<void> {
  const [before, after] = await step.dicts(was, item);
  const appearance = after.entries.get('AP');
  if ((await step.difference(before.entries.get('AP'), appearance, path)) === undefined) return;
  const box = await boxOf(step, after, 'new');
  if (!box || !hasArea(box) || !(await isOpaque(step, appearance))) return;
  const text = await pageContentBoxes(step, node.before, await pageBox(step, node), 'text');
  if (!text.some((one) => overlaps(one, box))) return;
  step.report({ kind: 'form-fill', path, needs: 'suspicious', say: 'change-covers', pageNumber: node.pageNumber });
}

async function added(
  step: Comparison,
  node: TreeNode,
  path: string,
  item: PdfObject,
  widgets: NewWidgets,
): Promise<void> {
  const dict = await step.new(item);
  const where = { path, pageNumber: node.pageNumber, objectNumber: isRef(item) ? item.number : undefined };
  const widget = isRef(item) ? widgets.get(item.number) : undefined;
  const subtype = isDict(dict) ? await step.new(dict.entries.get('Subtype')) : null;
  if (!isDict(dict) || !isName(subtype) || (subtype.value === 'Widget' && !widget)) {
    return step.report({ ...where, kind: 'annotation', needs: 'never', say: 'change-annotation' });
  }
  if (await isActive(step, dict))
    return step.report({ ...where, kind: 'active-content', needs: 'never', say: 'change-active' });
  const cover = await covers(step, node, dict, subtype.value === 'Widget');
  if (!widget) {
    const harmless = subtype.value === 'Popup' || cover === undefined;
    const needs = { rule: 'annotation', covers: !harmless } as const;
    return step.report({ ...where, kind: 'annotation', needs, say: 'change-annotation' });
  }
  if (isRef(item)) widgets.delete(item.number);
  if (cover) step.report({ ...where, kind: 'new-signature', needs: 'suspicious', say: cover });
}

/** How an annotation hides what was signed; undefined when it does not. */
async function covers(
  step: Comparison,
  node: TreeNode,
  dict: PdfDict,
  isSignature: boolean,
): Promise<'change-covers' | 'change-large' | undefined> {
  const rect = await boxOf(step, dict, 'new');
  const flags = await step.new(dict.entries.get('F') ?? null);
  if (!rect || !hasArea(rect) || (typeof flags === 'number' && (flags & HIDDEN) !== 0)) return undefined;
  const page = await pageBox(step, node);
  const area = (box: Box): number => (box[2] - box[0]) * (box[3] - box[1]);
  if (!overlaps(rect, page)) return undefined;
  if (isSignature && area(rect) > LARGE_PART * area(page)) return 'change-large';
  const boxes = [...(await pageContentBoxes(step, node.before, page)), ...(await annotationBoxes(step, node))];
  if (!boxes.some((box) => overlaps(box, rect))) return undefined;
  // Comments have no business over content at all; a seal may lie over a name as long as both are seen.
  return !isSignature || (await isOpaque(step, dict.entries.get('AP'))) ? 'change-covers' : undefined;
}

async function annotationBoxes(step: Comparison, node: TreeNode): Promise<Box[]> {
  const boxes: Box[] = [];
  for (const item of await list(step, node, 'old')) {
    const dict = await step.old(item);
    const box = isDict(dict) ? await boxOf(step, dict, 'old') : undefined;
    if (box && hasArea(box)) boxes.push(box);
  }
  return boxes;
}

async function boxOf(step: Comparison, dict: PdfDict, at: 'old' | 'new'): Promise<Box | undefined> {
  return numbers(await step[at](dict.entries.get('Rect') ?? null));
}

/** MediaBox, own or inherited. */
async function pageBox(step: Comparison, node: TreeNode): Promise<Box> {
  let dict: PdfDict | undefined = node.before;
  for (let depth = 0; dict && depth < 64; depth += 1) {
    const box = numbers(await step.old(dict.entries.get('MediaBox') ?? null));
    if (box) return box;
    const parent: PdfObject = await step.old(dict.entries.get('Parent') ?? null);
    dict = isDict(parent) ? parent : undefined;
  }
  return [0, 0, 612, 792];
}

/** Actions other than going to a place or an address. */
async function isActive(step: Comparison, dict: PdfDict): Promise<boolean> {
  if (dict.entries.has('AA')) return true;
  const action = await step.new(dict.entries.get('A') ?? null);
  if (action === null) return false;
  const type = isDict(action) ? await step.new(action.entries.get('S') ?? null) : null;
  return !isDict(action) || action.entries.has('Next') || !(isName(type, 'URI') || isName(type, 'GoTo'));
}
