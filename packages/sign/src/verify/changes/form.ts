import { isArray, isDict, isName, isRef, isString, type PdfDict, type PdfObject } from '../../pdf/objects.js';
import { textOf } from '../../pdf/read/text-string.js';
import { below, keysOf, type Comparison } from './comparison.js';
import { contradicts, readLook } from './field-look.js';
import { newField, type NewWidgets } from './new-field.js';

/** What a field takes from those above it. */
export interface FieldContext {
  readonly name: string;
  readonly type: string | undefined;
  readonly flags: number;
  /** Of the field that a widget belongs to. */
  readonly value: 'same' | 'changed' | 'signed-now' | 'signed';
  /** It held something in the earlier revision. */
  readonly replaced: boolean;
  /** What it holds now. */
  readonly holds: PdfObject;
  /** Viewers draw values anew: old appearances say nothing. */
  readonly regenerates: boolean;
}

const TOP: FieldContext = {
  name: '',
  type: undefined,
  flags: 0,
  value: 'same',
  replaced: false,
  holds: null,
  regenerates: false,
};
const READ_ONLY = 1;
const PUSH_BUTTON = 1 << 16;
const PASSWORD = 1 << 13;
/** Print, Locked and LockedContents may be set when a field is signed. @source ISO 32000-2 table 167 */
const SIGNING_FLAGS = 4 | 128 | 512;
/** What a producer writes into an empty signature field when it signs. */
const SIGNING_KEYS = new Set(['AP', 'AS', 'M', 'DA', 'DR', 'MK', 'StructParent']);
const MAX_DEPTH = 64;

/** Marks what is a field or widget in both revisions: it is compared by the rules of forms, wherever it is referred to. */
export async function delegateForm(step: Comparison, before: PdfDict, after: PdfDict): Promise<void> {
  const collect = async (at: 'old' | 'new', list: PdfObject | undefined, depth: number, into: Set<number>) => {
    const items = await step[at](list);
    if (!isArray(items) || depth > MAX_DEPTH) return into;
    for (const item of items) {
      if (!isRef(item) || into.has(item.number)) continue;
      into.add(item.number);
      const dict = await step[at](item);
      if (isDict(dict)) await collect(at, dict.entries.get('Kids'), depth + 1, into);
    }
    return into;
  };
  const old = await collect('old', before.entries.get('Fields'), 0, new Set());
  const now = await collect('new', after.entries.get('Fields'), 0, new Set());
  for (const number of now) if (old.has(number)) step.delegated.add(number);
}

/** Compares /AcroForm. @source ISO 32000-2 12.7.3 */
export async function compareForm(
  step: Comparison,
  before: PdfDict,
  after: PdfDict,
  widgets: NewWidgets,
): Promise<void> {
  const path = 'Root/AcroForm';
  const regenerates = (await step.new(after.entries.get('NeedAppearances'))) === true;
  for (const key of keysOf(before, after)) {
    const [a, b] = [before.entries.get(key), after.entries.get(key)];
    const here = below(path, key);
    if (key === 'Fields') await compareKids(step, a, b, here, { ...TOP, regenerates }, widgets, 0);
    else if (key === 'SigFlags') await compareFlags(step, a, b, here, 3);
    else if (key === 'NeedAppearances') {
      if (regenerates && (await step.old(a)) !== true) {
        step.report({ kind: 'form-structure', path: here, needs: 'suspicious', say: 'change-form-structure' });
      }
    } else if (key === 'DR' && !regenerates) await compareAdditions(step, a, b, here, 2);
    else if (key === 'DA' && !regenerates && (a ?? null) === null) continue;
    else await step.exact(a, b, here);
  }
}

async function compareFlags(
  step: Comparison,
  a: PdfObject | undefined,
  b: PdfObject | undefined,
  path: string,
  settable: number,
): Promise<void> {
  const [before, after] = [Number((await step.old(a)) ?? 0), Number((await step.new(b)) ?? 0)];
  if ((before | settable) !== (after | settable) || (before & ~after) !== 0) await step.exact(a, b, path);
}

/** New entries are fine, those that were there stay as they are. */
async function compareAdditions(
  step: Comparison,
  a: PdfObject | undefined,
  b: PdfObject | undefined,
  path: string,
  depth: number,
): Promise<void> {
  const [before, after] = await step.dicts(a, b);
  for (const [key, value] of before.entries) {
    // No default appearance can name a picture: old producers keep those of their signatures here.
    if (depth > 1 && key === 'XObject') continue;
    if (depth > 1) await compareAdditions(step, value, after.entries.get(key), below(path, key), depth - 1);
    else await step.exact(value, after.entries.get(key), below(path, key));
  }
  if (!isDict(await step.old(a ?? null)) && a !== undefined) await step.exact(a, b, path);
}

async function compareKids(
  step: Comparison,
  a: PdfObject | undefined,
  b: PdfObject | undefined,
  path: string,
  parent: FieldContext,
  widgets: NewWidgets,
  depth: number,
): Promise<void> {
  const [before, after] = [await step.old(a ?? null), await step.new(b ?? null)];
  if (depth > MAX_DEPTH || (before !== null && !isArray(before)) || (after !== null && !isArray(after))) {
    return step.report({ kind: 'form-structure', path, needs: 'never', say: 'change-form-structure' });
  }
  const left = before ?? [];
  let next = 0;
  for (const [index, item] of (after ?? []).entries()) {
    const was = left[next];
    if (was !== undefined && sameItem(was, item)) {
      next += 1;
      if (isRef(item)) await compareField(step, was, item, `${path}/${index}`, parent, widgets, depth);
      else await step.exact(was, item, `${path}/${index}`);
    } else await newField(step, item, `${path}/${index}`, parent, widgets, depth);
  }
  if (next < left.length) {
    step.report({ kind: 'form-structure', path: `${path}/${next}`, needs: 'never', say: 'change-form-structure' });
  }
}

const sameItem = (a: PdfObject, b: PdfObject): boolean =>
  isRef(a) ? isRef(b) && a.number === b.number && a.generation === b.generation : !isRef(b) && typeof a === typeof b;

async function compareField(
  step: Comparison,
  a: PdfObject,
  b: PdfObject & { readonly number: number },
  path: string,
  parent: FieldContext,
  widgets: NewWidgets,
  depth: number,
): Promise<void> {
  if (!step.dirty.has(b.number) && parent.value !== 'changed') return;
  const [before, after] = [await step.old(a), await step.new(b)];
  if (!isDict(before) || !isDict(after)) {
    return step.report({
      kind: 'form-structure',
      path,
      needs: 'never',
      say: 'change-form-structure',
      objectNumber: b.number,
    });
  }
  const context = await contextOf(step, before, after, parent, path);
  const report = reporter(step, path, context, b.number);
  for (const key of keysOf(before, after)) {
    const [was, is] = [before.entries.get(key), after.entries.get(key)];
    const here = below(path, key);
    if (key === 'Kids') await compareKids(step, was, is, here, context, widgets, depth + 1);
    else if (context.type === 'Sig') await compareSignatureKey(step, key, was, is, here, context, report);
    else if (key === 'V' || key === 'AS' || key === 'I' || key === 'RV') {
      if (await step.difference(was, is, here)) report(key, 'fill');
    } else if (key === 'AP') {
      const changed = await step.difference(was, is, here);
      if (changed) report(key, await appearanceRule(step, was, is, context));
    } else if (key === 'Ff') await compareFlags(step, was, is, here, READ_ONLY);
    // What the new look was drawn with.
    else if (key === 'DA' && context.value === 'changed' && after.entries.has('AP') && !context.regenerates) continue;
    else if (key !== 'M') await step.exact(was, is, here);
  }
  if (context.type !== 'Sig' && (await lies(step, before, after, context))) report('AP', 'appearance');
}

type Report = (key: string, what: 'fill' | 'appearance' | 'sign' | 'altered' | 'timestamp') => void;

function reporter(step: Comparison, path: string, { name, replaced }: FieldContext, objectNumber: number): Report {
  return (key, what) => {
    const where = { path: below(path, key), objectNumber, value: name };
    if (what === 'fill') {
      step.report({ ...where, kind: 'form-fill', needs: { rule: 'fill', field: name, replaced }, say: 'change-form' });
    } else if (what === 'appearance') {
      step.report({ ...where, kind: 'form-fill', needs: 'never', say: 'change-form-appearance' });
    } else if (what === 'altered') {
      step.report({ ...where, kind: 'signature-dictionary', needs: 'never', say: 'change-signed' });
    } else if (what === 'timestamp') {
      step.report({ ...where, kind: 'document-timestamp', needs: 'always', say: 'change-timestamp' });
    } else {
      step.report({
        ...where,
        kind: 'new-signature',
        needs: { rule: 'signature', field: name },
        say: 'change-signature',
      });
    }
  };
}

/** The look of a field may follow its value, be drawn for the first time on a push button, or be blank as the value is. */
async function appearanceRule(
  step: Comparison,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  { type, flags, value, holds }: FieldContext,
): Promise<'fill' | 'appearance'> {
  const none = (await step.dicts(before, null))[0].entries.size === 0;
  if (type === 'Btn') return (flags & PUSH_BUTTON) !== 0 && none ? 'fill' : 'appearance';
  if (value === 'changed') return 'fill';
  return none && isEmpty(holds) && (await readLook(step, after))?.blank === true ? 'fill' : 'appearance';
}

async function compareSignatureKey(
  step: Comparison,
  key: string,
  was: PdfObject | undefined,
  is: PdfObject | undefined,
  path: string,
  { value }: FieldContext,
  report: Report,
): Promise<void> {
  const changed = await step.difference(was, is, path);
  if (changed === undefined) return;
  if (value !== 'signed-now') {
    if (value === 'signed') report(key, 'altered');
    else await step.exact(was, is, path);
  } else if (key === 'V') {
    const dict = await step.new(is);
    report(key, isDict(dict) && isName(dict.entries.get('Type'), 'DocTimeStamp') ? 'timestamp' : 'sign');
  } else if (key === 'F') await compareFlags(step, was, is, path, SIGNING_FLAGS);
  else if (!SIGNING_KEYS.has(key)) await step.exact(was, is, path);
}

async function contextOf(
  step: Comparison,
  before: PdfDict,
  after: PdfDict,
  parent: FieldContext,
  path: string,
): Promise<FieldContext> {
  const own = await step.new(after.entries.get('T'));
  const type = await step.new(after.entries.get('FT'));
  const flags = await step.new(after.entries.get('Ff'));
  const [was, is] = [before.entries.get('V'), after.entries.get('V')];
  const kind = isName(type) ? type.value : parent.type;
  const old = await step.old(was ?? null);
  const changed = (await step.difference(was, is, path)) !== undefined;
  const present = was !== undefined || is !== undefined;
  const signed = old !== null ? 'signed' : changed ? 'signed-now' : 'same';
  return {
    name: isString(own) ? [parent.name, textOf(own)].filter(Boolean).join('.') : parent.name,
    type: kind,
    flags: typeof flags === 'number' ? flags : parent.flags,
    value: !present ? parent.value : kind === 'Sig' ? signed : changed ? 'changed' : 'same',
    replaced: present ? !isEmpty(old) : parent.replaced,
    holds: present ? await step.new(is ?? null) : parent.holds,
    regenerates: parent.regenerates,
  };
}

/** True when a widget shows something else than its field holds, and did not before. */
async function lies(step: Comparison, before: PdfDict, after: PdfDict, context: FieldContext): Promise<boolean> {
  const { type, flags, value, holds, regenerates } = context;
  const [was, is] = [before.entries.get('AP'), after.entries.get('AP')];
  if (type === 'Btn') {
    const states = [before.entries.get('AS'), after.entries.get('AS')] as const;
    const touched = value === 'changed' || (await step.difference(...states, 'AS')) !== undefined;
    const state = await step.new(states[1]);
    if (!touched || (flags & PUSH_BUTTON) !== 0 || !after.entries.has('AP')) return false;
    const shown = isName(state) ? state.value : 'Off';
    const said = isName(holds) ? holds.value : 'Off';
    // One of several widgets stays off while another is on.
    return shown !== said && !(shown === 'Off' && !after.entries.has('V'));
  }
  if (value !== 'changed' || is === undefined || regenerates) return false;
  if ((await step.difference(was, is, 'AP')) === undefined) return true;
  if (type !== 'Tx' || !isString(holds) || after.entries.has('AA') || (flags & PASSWORD) !== 0) return false;
  return contradicts(await readLook(step, is), textOf(holds));
}

const isEmpty = (value: PdfObject): boolean =>
  value === null ||
  (isString(value) && value.bytes.byteLength === 0) ||
  (isName(value) && value.value === 'Off') ||
  (isArray(value) && value.length === 0);
