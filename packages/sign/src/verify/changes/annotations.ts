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
  if (next === before.length) return;
  for (const item of before.slice(next)) {
    const dict = await step.old(item);
    if (!isDict(dict) || !isName(await step.old(dict.entries.get('Subtype') ?? null), 'Widget')) continue;
    const { pageNumber } = node;
    step.report({ kind: 'annotation', path: `${path}/${next}`, needs: 'never', say: 'change-annotation', pageNumber });
  }
  await changed(step, node, `${path}/${next}`, null);
}

async function list(step: Comparison, node: TreeNode, at: 'old' | 'new'): Promise<readonly PdfObject[]> {
  const found = await step[at]((at === 'old' ? node.before : node.after).entries.get('Annots') ?? null);
  return isArray(found) ? found : [];
}

const changed = async (step: Comparison, node: TreeNode, path: string, item: PdfObject): Promise<void> => {
  const dict = await step.new(item);
  const subtype = isDict(dict) ? await step.new(dict.entries.get('Subtype')) : null;
  const isWidget = isName(subtype, 'Widget');
  if (isDict(dict) && (await isActive(step, dict))) {
    const { pageNumber } = node;
    return step.report({ kind: 'active-content', path, needs: 'never', say: 'change-active', pageNumber });
  }
  const hides = isDict(dict) && !isWidget && (await cover(step, node, dict, item))?.hides === true;
  step.report({
    kind: 'annotation',
    path,
    needs: isWidget ? 'never' : { rule: 'annotation', covers: true, hides },
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
  const subtype = isDict(dict) ? await step.new(dict.entries.get('Subtype')) : null;
  const widget = isRef(item) ? (widgets.get(item.number) ?? (await knownField(step, item.number, dict))) : undefined;
  if (!isDict(dict) || !isName(subtype) || (subtype.value === 'Widget' && !widget)) {
    return step.report({ ...where, kind: 'annotation', needs: 'never', say: 'change-annotation' });
  }
  if (await isActive(step, dict))
    return step.report({ ...where, kind: 'active-content', needs: 'never', say: 'change-active' });
  const found = await cover(step, node, dict);
  if (!widget) {
    const needs = { rule: 'annotation', covers: found !== undefined, hides: found?.hides === true } as const;
    return step.report({ ...where, kind: 'annotation', needs, say: 'change-annotation' });
  }
  if (isRef(item)) widgets.delete(item.number);
  const kind = 'new-signature';
  // Nobody stands for what an unsigned field shows.
  if (found?.content && !widget.signed) step.report({ ...where, kind, needs: 'never', say: 'change-covers' });
  else if (found?.large) step.report({ ...where, kind, needs: { rule: 'cover' }, say: 'change-large' });
  else if (found?.opaque) step.report({ ...where, kind, needs: { rule: 'cover' }, say: 'change-covers' });
}

/** A signature field that the form had already and its page did not list: shown now, it is like a new one. */
async function knownField(
  step: Comparison,
  number: number,
  dict: PdfObject,
): Promise<{ readonly signed: boolean } | undefined> {
  if (!step.delegated.has(number) || !isDict(dict)) return undefined;
  if (!isName(await step.new(dict.entries.get('FT')), 'Sig')) return undefined;
  return { signed: (await step.new(dict.entries.get('V') ?? null)) !== null };
}

interface Cover {
  /** Text or other annotations lie below, not only pictures and lines. */
  readonly content: boolean;
  /** What is below cannot be seen through it. */
  readonly opaque: boolean;
  readonly hides: boolean;
  readonly large: boolean;
}

/** Drawn by viewers as an icon, a line or a tint when they bring no look of their own. */
const THIN = new Set('Link Text Highlight Underline StrikeOut Squiggly Caret FileAttachment Sound Widget'.split(' '));

/** How an annotation lies over what was signed; undefined when it does not. */
async function cover(
  step: Comparison,
  node: TreeNode,
  dict: PdfDict,
  itself: PdfObject = null,
): Promise<Cover | undefined> {
  const rect = await boxOf(step, dict, 'new');
  const flags = await step.new(dict.entries.get('F') ?? null);
  if (!rect || !hasArea(rect) || (typeof flags === 'number' && (flags & HIDDEN) !== 0)) return undefined;
  const subtype = await step.new(dict.entries.get('Subtype') ?? null);
  const kind = isName(subtype) ? subtype.value : '';
  if (kind === 'Popup' && (await step.new(dict.entries.get('Open') ?? null)) !== true) return undefined;
  const page = await pageBox(step, node);
  const area = (box: Box): number => (box[2] - box[0]) * (box[3] - box[1]);
  if (!overlaps(rect, page)) return undefined;
  const below = (boxes: readonly Box[]): boolean => boxes.some((box) => overlaps(box, rect));
  const content =
    below(await pageContentBoxes(step, node.before, page, 'text')) || below(await annotationBoxes(step, node, itself));
  const large = kind === 'Widget' && area(rect) > LARGE_PART * area(page);
  if (!content && !large && !below(await pageContentBoxes(step, node.before, page))) return undefined;
  const look = dict.entries.get('AP');
  const opaque = kind === 'Popup' || (look === undefined ? !THIN.has(kind) : await isOpaque(step, look));
  return { content, opaque, hides: content && opaque, large };
}

async function annotationBoxes(step: Comparison, node: TreeNode, but: PdfObject): Promise<Box[]> {
  const boxes: Box[] = [];
  for (const item of await list(step, node, 'old')) {
    if (isRef(item) && isRef(but) && item.number === but.number) continue;
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
