import { AnjuanError } from '@anjuan/core';
import { signError } from '../errors/sign-codes.js';
import { pdfDict, pdfName, type PdfObject, type PdfRef } from '../pdf/objects.js';
import { type FieldSelection, type PdfPage, type SignatureField } from '../pdf/read/index.js';
import { dictOf, type Changes } from './changes.js';
import { addToForm, addWidgetField, rectOf, rootFields } from './form.js';
import { textString } from './text.js';
import type { NewSignatureField, SignatureLock, SignatureOptions } from './types.js';

/** Where a signature goes. */
export interface FieldTarget {
  readonly name: string;
  readonly existing: SignatureField | undefined;
  readonly page: PdfPage;
  readonly rect: readonly number[];
  readonly widthPt: number;
  readonly heightPt: number;
  readonly visible: boolean;
}

const NOWHERE: readonly number[] = [0, 0, 0, 0];

/** Finds the field, or a name for a new one. Errors: `signature-field-missing`, `signature-field-signed`, `invalid-argument`. */
export async function targetOf(
  changes: Changes,
  fields: readonly SignatureField[],
  asked: SignatureOptions['field'],
): Promise<FieldTarget> {
  if (typeof asked === 'string') {
    const existing = fields.find(({ name }) => name === asked);
    if (!existing?.fieldRef) throw signError('signature-field-missing');
    if (existing.value) throw signError('signature-field-signed');
    const page = await changes.page(Math.max(0, existing.pageIndexes[0] ?? 0) + 1);
    return sized({ name: asked, existing, page, rect: existing.rect ?? NOWHERE });
  }
  const taken = new Set((await rootFields(changes)).keys());
  const name = newName(taken, asked?.name, 'Signature');
  const placement = asked?.placement;
  const page = await changes.page(placement?.pageNumber ?? 1);
  return sized({ name, existing: undefined, page, rect: placement ? rectOf(placement, page) : NOWHERE });
}

function sized(target: Omit<FieldTarget, 'widthPt' | 'heightPt' | 'visible'>): FieldTarget {
  const [left = 0, bottom = 0, right = 0, top = 0] = target.rect;
  const widthPt = Math.abs(right - left);
  const heightPt = Math.abs(top - bottom);
  return { ...target, widthPt, heightPt, visible: widthPt > 0 && heightPt > 0 };
}

/** The name asked for, or the first of Name1, Name2 ... that no field has. Errors: `invalid-argument`. */
export function newName(taken: Set<string>, asked: string | undefined, stem: string): string {
  let name = asked;
  for (let index = 1; name === undefined; index += 1) if (!taken.has(`${stem}${index}`)) name = `${stem}${index}`;
  if (name === '' || name.includes('.') || taken.has(name))
    throw new AnjuanError('invalid-argument', { details: { name: 'field.name' } });
  taken.add(name);
  return name;
}

/** The lock of the options in the words of the file. */
export const selectionOf = (lock: SignatureLock): FieldSelection => ({
  action: lock.action,
  fields: lock.action === 'All' ? [] : lock.fields,
});

/** A /Lock dictionary. @source ISO 32000-2 table 236 */
export const lockDict = (lock: FieldSelection): PdfObject =>
  pdfDict({
    Type: pdfName('SigFieldLock'),
    Action: pdfName(lock.action),
    ...(lock.action === 'All' ? {} : { Fields: lock.fields.map(textString) }),
  });

/** Puts the value into the field, new or existing, with the picture on its first widget. */
export async function writeField(
  changes: Changes,
  target: FieldTarget,
  value: PdfRef,
  more: { readonly form: PdfRef | undefined; readonly lock: FieldSelection | undefined },
): Promise<void> {
  const { existing, page, name, rect } = target;
  if (!existing?.fieldRef) {
    const lock = more.lock ? [['Lock', changes.add(lockDict(more.lock))] as const] : [];
    const field = await addWidgetField(changes, {
      type: 'Sig',
      name,
      page,
      rect,
      form: more.form,
      more: [['V', value], ...lock],
    });
    return addToForm(changes, [field], true);
  }
  const field = await changes.entries(existing.fieldRef);
  field.set('V', value);
  changes.set(existing.fieldRef, dictOf(field));
  const widgetRef = existing.widgetRefs[0];
  if (more.form && widgetRef) {
    const widget = await changes.entries(widgetRef);
    widget.set('AP', pdfDict({ N: more.form }));
    changes.set(widgetRef, dictOf(widget));
  }
  await addToForm(changes, [], true);
}

/** Adds empty signature fields. */
export async function addEmptyFields(
  changes: Changes,
  wanted: readonly (NewSignatureField & { readonly lock?: SignatureLock })[],
): Promise<PdfRef[]> {
  const refs: PdfRef[] = [];
  const taken = new Set((await rootFields(changes)).keys());
  for (const { name: asked, placement, lock } of wanted) {
    const name = newName(taken, asked, 'Signature');
    const page = await changes.page(placement?.pageNumber ?? 1);
    const more = lock ? [['Lock', changes.add(lockDict(selectionOf(lock)))] as const] : [];
    const rect = placement ? rectOf(placement, page) : NOWHERE;
    refs.push(await addWidgetField(changes, { type: 'Sig', name, page, rect, more }));
  }
  return refs;
}
