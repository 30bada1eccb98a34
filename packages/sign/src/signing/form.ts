import { POINTS_PER_MM, type Placement } from '../appearance/appearance.js';
import { signError } from '../errors/sign-codes.js';
import { isArray, isDict, isRef, isString, pdfDict, pdfName } from '../pdf/objects.js';
import type { PdfObject, PdfRef } from '../pdf/objects.js';
import type { PdfPage } from '../pdf/read/index.js';
import { textOf } from '../pdf/read/text-string.js';
import { dictOf, type Changes, type Entries } from './changes.js';
import { textString } from './text.js';

/** Print and locked. @source ISO 32000-2 table 167 */
const WIDGET_FLAGS = 132;
/** Signatures exist; only append. @source ISO 32000-2 table 225 */
const SIG_FLAGS = 3;

/** The catalog's reference and entries. Errors: `pdf-unsignable`. */
export async function openCatalog(changes: Changes): Promise<{ ref: PdfRef; entries: Entries }> {
  const ref = changes.file.trailer.entries.get('Root');
  if (!isRef(ref)) throw signError('pdf-unsignable', { details: { reason: 'catalog' } });
  return { ref, entries: await changes.entries(ref) };
}

/** Enters fields into the form; makes the form when there is none. Only what differs is written again. */
export async function addToForm(changes: Changes, fields: readonly PdfRef[], sign: boolean): Promise<void> {
  const catalog = await openCatalog(changes);
  const at = catalog.entries.get('AcroForm');
  const known = (await changes.get(at)) !== null;
  const form: Entries = known ? await changes.entries(at) : new Map([['Fields', []]]);
  let changed = fields.length > 0 && (await changes.append(form, 'Fields', fields));
  const flags = await changes.get(form.get('SigFlags'));
  if (sign && (typeof flags !== 'number' || (flags & SIG_FLAGS) !== SIG_FLAGS)) {
    form.set('SigFlags', SIG_FLAGS | (typeof flags === 'number' ? flags : 0));
    changed = true;
  }
  if (!changed) return;
  if (known && isRef(at)) changes.set(at, dictOf(form));
  else {
    catalog.entries.set('AcroForm', known ? dictOf(form) : changes.add(dictOf(form)));
    changes.set(catalog.ref, dictOf(catalog.entries));
  }
}

/** Fields of the form by their partial names; those inside other fields are left out. */
export async function rootFields(changes: Changes): Promise<ReadonlyMap<string, PdfRef>> {
  const { entries } = await openCatalog(changes);
  const form = await changes.get(entries.get('AcroForm'));
  const fields = isDict(form) ? await changes.get(form.entries.get('Fields')) : null;
  const found = new Map<string, PdfRef>();
  for (const ref of isArray(fields) ? fields : []) {
    const field = isRef(ref) ? await changes.get(ref) : null;
    const title = isDict(field) ? await changes.get(field.entries.get('T')) : null;
    if (isRef(ref) && isString(title)) found.set(textOf(title), ref);
  }
  return found;
}

/** Lists an annotation on its page: in the page's own object only when /Annots has none. */
export async function addToPage(changes: Changes, page: PdfPage, annotation: PdfRef): Promise<void> {
  const entries = await changes.entries(page.ref);
  if (await changes.append(entries, 'Annots', [annotation])) changes.set(page.ref, dictOf(entries));
}

/** The placement as a rectangle of the page, in its units. @source ISO 32000-2 table 31, UserUnit */
export function rectOf(placement: Placement, { cropBox: [left, bottom], dict }: PdfPage): readonly number[] {
  const unit = dict.entries.get('UserUnit');
  const scale = POINTS_PER_MM / (typeof unit === 'number' && unit > 0 ? unit : 1);
  const x = left + placement.xMm * scale;
  const y = bottom + placement.yMm * scale;
  const corners = [x, y, x + placement.widthMm * scale, y + placement.heightMm * scale];
  return corners.map((value) => Math.round(value * 1000) / 1000);
}

/** What a widget needs besides its field: where it is and what it shows. */
export function widgetEntries(page: PdfPage, rect: readonly number[], form: PdfRef | undefined): [string, PdfObject][] {
  return [
    ['Type', pdfName('Annot')],
    ['Subtype', pdfName('Widget')],
    ['Rect', rect],
    ['F', WIDGET_FLAGS],
    ['P', page.ref],
    ...(form ? ([['AP', pdfDict({ N: form })]] as const) : []),
  ].map(([key, value]): [string, PdfObject] => [key as string, value as PdfObject]);
}

/** A field of this type that is its own widget, entered on its page. The form is the caller's. */
export async function addWidgetField(
  changes: Changes,
  options: {
    readonly type: 'Sig' | 'Btn';
    readonly name: string;
    readonly page: PdfPage;
    readonly rect: readonly number[];
    readonly form?: PdfRef | undefined;
    readonly more?: readonly (readonly [string, PdfObject])[];
  },
): Promise<PdfRef> {
  const { type, name, page, rect, form, more = [] } = options;
  const field = changes.add(
    dictOf(
      new Map<string, PdfObject>([
        ...widgetEntries(page, rect, form),
        ['FT', pdfName(type)],
        ['T', textString(name)],
        ...more,
      ]),
    ),
  );
  await addToPage(changes, page, field);
  return field;
}
