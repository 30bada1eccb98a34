import { isArray, isDict, isName, isRef, type PdfDict, type PdfObject, type PdfRef } from '../objects.js';
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
  const places = new PageOfWidget(file, await listPages(file, at), at);
  const fields: SignatureField[] = [];
  for (const field of found) fields.push(await signatureField(file, field, { places, at }));
  return fields;
}

async function signatureField(
  file: PdfFile,
  { name, ref, dict, inherited, widgets }: FormField,
  context: { readonly places: PageOfWidget; readonly at: AtRevision },
): Promise<SignatureField> {
  const { places, at } = context;
  const widgetRefs: PdfRef[] = [];
  const pageIndexes: number[] = [];
  for (const widget of widgets) {
    if (widget.ref === undefined) continue;
    widgetRefs.push(widget.ref);
    pageIndexes.push(await places.find(widget.ref, widget.dict.entries.get('P')));
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

/** Widget numbers with the page that lists them; read at most once. */
class PageOfWidget {
  readonly #file: PdfFile;
  readonly #pages: readonly PdfPage[];
  readonly #at: AtRevision;
  #all: Map<number, number> | undefined;

  constructor(file: PdfFile, pages: readonly PdfPage[], at: AtRevision) {
    this.#file = file;
    this.#pages = pages;
    this.#at = at;
  }

  /** Zero-based page, -1 when none lists the widget; /P is only a hint where to look first. */
  async find(widget: PdfRef, hint: PdfObject | undefined): Promise<number> {
    const hinted = isRef(hint) ? this.#pages.find(({ ref }) => ref.number === hint.number) : undefined;
    if (hinted !== undefined && (await this.#annots(hinted)).includes(widget.number)) return hinted.index;
    if (this.#all === undefined) {
      this.#all = new Map();
      for (const page of this.#pages) for (const number of await this.#annots(page)) this.#all.set(number, page.index);
    }
    return this.#all.get(widget.number) ?? -1;
  }

  async #annots(page: PdfPage): Promise<readonly number[]> {
    const annots = await this.#file.resolve(page.dict.entries.get('Annots'), this.#at);
    return isArray(annots) ? annots.filter(isRef).map(({ number }) => number) : [];
  }
}

async function readLock(file: PdfFile, dict: PdfDict, at: AtRevision): Promise<FieldLock | undefined> {
  const lock = await file.resolve(dict.entries.get('Lock'), at);
  if (!isDict(lock)) return undefined;
  const permissions = await file.resolve(lock.entries.get('P'), at);
  const known = permissions === 1 || permissions === 2 || permissions === 3;
  return { ...(await readSelection(file, lock, at)), ...(known ? { permissions } : {}) };
}
