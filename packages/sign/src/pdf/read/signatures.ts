import { isArray, isDict, isName, isRef, type PdfDict, type PdfRef } from '../objects.js';
import type { AtRevision, PdfFile } from '../pdf-file.js';
import { listFormFields, type FormField } from './form-fields.js';
import { listPages, readBox, type PdfPage } from './pages.js';
import type { FieldLock, SignatureField } from './signature-field.js';
import { readSelection, readSignatureValue } from './signature-value.js';

/**
 * Signature fields of the form in the order of the field tree, signed or not.
 * Errors: `pdf-malformed`, `pdf-limits-exceeded`, `aborted`.
 */
export async function listSignatureFields(file: PdfFile, at: AtRevision = {}): Promise<readonly SignatureField[]> {
  const found: FormField[] = [];
  for (const field of await listFormFields(file, at)) {
    if (isName(await file.resolve(field.inherited.get('FT'), at), 'Sig')) found.push(field);
  }
  if (found.length === 0) return [];
  const pages = await listPages(file, at);
  const fields: SignatureField[] = [];
  for (const field of found) fields.push(await signatureField(file, field, { pages, at }));
  return fields;
}

async function signatureField(
  file: PdfFile,
  { name, ref, dict, inherited, widgets }: FormField,
  context: { readonly pages: readonly PdfPage[]; readonly at: AtRevision },
): Promise<SignatureField> {
  const { at } = context;
  const widgetRefs: PdfRef[] = [];
  const pageIndexes: number[] = [];
  for (const widget of widgets) {
    if (widget.ref === undefined) continue;
    widgetRefs.push(widget.ref);
    pageIndexes.push(await pageOf(file, { ref: widget.ref, dict: widget.dict }, context));
  }
  const rect = await readBox(file, widgets[0]?.dict.entries.get('Rect'), at);
  const lock = await readLock(file, dict, at);
  const value = inherited.get('V');
  return {
    name,
    fieldRef: ref,
    widgetRefs,
    pageIndexes,
    rect,
    dict,
    ...(lock === undefined ? {} : { lock }),
    ...(value === undefined || value === null
      ? {}
      : { value: await readSignatureValue(file, { value, fieldNumber: ref?.number }, at) }),
  };
}

/** The page that lists the widget; /P is only a hint where to look first. */
async function pageOf(
  file: PdfFile,
  widget: { readonly ref: PdfRef; readonly dict: PdfDict },
  { pages, at }: { readonly pages: readonly PdfPage[]; readonly at: AtRevision },
): Promise<number> {
  const hint = widget.dict.entries.get('P');
  const first = isRef(hint) ? pages.filter(({ ref }) => ref.number === hint.number) : [];
  for (const page of [...first, ...pages]) {
    const annots = await file.resolve(page.dict.entries.get('Annots'), at);
    const listed = isArray(annots) && annots.some((annot) => isRef(annot) && annot.number === widget.ref.number);
    if (listed) return page.index;
  }
  return -1;
}

async function readLock(file: PdfFile, dict: PdfDict, at: AtRevision): Promise<FieldLock | undefined> {
  const lock = await file.resolve(dict.entries.get('Lock'), at);
  if (!isDict(lock)) return undefined;
  const permissions = await file.resolve(lock.entries.get('P'), at);
  const known = permissions === 1 || permissions === 2 || permissions === 3;
  return { ...(await readSelection(file, lock, at)), ...(known ? { permissions } : {}) };
}
