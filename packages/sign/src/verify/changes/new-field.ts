import { isArray, isDict, isName, isRef, isString, type PdfObject } from '../../pdf/objects.js';
import { textOf } from '../../pdf/read/text-string.js';
import { below, type Comparison } from './comparison.js';
import type { FieldContext } from './form.js';

/** Widgets of new signature fields by object number; each must then be found on a page and cover nothing. */
export type NewWidgets = Map<number, { readonly name: string; readonly path: string; readonly signed: boolean }>;

/** What a new signature field or its widget may hold. Actions are not among it. @source ISO 32000-2 tables 166, 191, 226, 234 */
const FIELD_KEYS = new Set(
  'Type Subtype FT T TU TM V Rect P F Ff AP AS MK Lock SV Parent Kids DA DR Q BS Border H NM M CreationDate StructParent'.split(
    ' ',
  ),
);
const MAX_DEPTH = 64;

/** A field that the earlier revision has not: only for signatures. */
export async function newField(
  step: Comparison,
  item: PdfObject,
  path: string,
  parent: FieldContext,
  widgets: NewWidgets,
  depth: number,
): Promise<void> {
  const dict = await step.new(item);
  const objectNumber = isRef(item) ? item.number : undefined;
  const type = isDict(dict) ? await step.new(dict.entries.get('FT')) : null;
  const kind = isName(type) ? type.value : parent.type;
  const kids = isDict(dict) ? await step.new(dict.entries.get('Kids')) : null;
  const refuse = (where = path): void =>
    step.report({ kind: 'form-structure', path: where, needs: 'never', say: 'change-form-structure', objectNumber });
  if (!isDict(dict) || objectNumber === undefined || depth > MAX_DEPTH) return refuse();
  // A field above others may be without type; a leaf must be a signature field.
  if (kind !== 'Sig' && !(kind === undefined && isArray(kids) && kids.length > 0)) return refuse();
  if (parent.value === 'signed') return refuse();
  for (const key of dict.entries.keys()) if (!FIELD_KEYS.has(key)) return refuse(below(path, key));
  const own = await step.new(dict.entries.get('T'));
  const name = isString(own) ? [parent.name, textOf(own)].filter(Boolean).join('.') : parent.name;
  const value = await step.new(dict.entries.get('V'));
  const signed = value !== null || parent.value === 'signed-now';
  if (isName(await step.new(dict.entries.get('Subtype')), 'Widget')) widgets.set(objectNumber, { name, path, signed });
  const context: FieldContext = { ...parent, name, type: kind, value: signed ? 'signed-now' : 'same' };
  if (isArray(kids)) {
    for (const [index, kid] of kids.entries()) {
      await newField(step, kid, `${path}/Kids/${index}`, context, widgets, depth + 1);
    }
  }
  if (kind !== 'Sig' || !isString(own)) return;
  const where = { path, objectNumber, value: name };
  if (value === null) {
    step.report({ ...where, kind: 'new-signature', needs: 'suspicious', say: 'change-signature-field' });
  } else if (isDict(value) && isName(value.entries.get('Type'), 'DocTimeStamp')) {
    step.report({ ...where, kind: 'document-timestamp', needs: 'always', say: 'change-timestamp' });
  } else {
    step.report({
      ...where,
      kind: 'new-signature',
      needs: { rule: 'signature', field: name },
      say: 'change-signature',
    });
  }
}
