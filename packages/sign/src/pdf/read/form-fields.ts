import { isArray, isDict, isRef, isString, type PdfDict, type PdfObject, type PdfRef } from '../objects.js';
import type { AtRevision, PdfFile } from '../pdf-file.js';
import { limits } from './limits.js';
import { readCatalog } from './pages.js';
import { beyondLimit } from './read-errors.js';
import { textOf } from './text-string.js';

/** A field without child fields, with what it inherits. */
export interface FormField {
  readonly name: string;
  readonly ref: PdfRef | undefined;
  readonly dict: PdfDict;
  /** /FT, /Ff, /V and /DV, own or inherited, as they stand. @source ISO 32000-2 table 226 */
  readonly inherited: ReadonlyMap<string, PdfObject>;
  /** Its widgets; the field itself when both are one dictionary. */
  readonly widgets: readonly { readonly ref: PdfRef | undefined; readonly dict: PdfDict }[];
}

const INHERITED = ['FT', 'Ff', 'V', 'DV'];

/** Terminal fields of the form in tree order. Errors: `pdf-malformed`, `pdf-limits-exceeded`, `aborted`. */
export async function listFormFields(file: PdfFile, at: AtRevision = {}): Promise<readonly FormField[]> {
  const fields: FormField[] = [];
  const seen = new Set<number>();
  let nodes = 0;
  const open = async (value: PdfObject): Promise<PdfDict | undefined> => {
    if (isRef(value) && seen.has(value.number)) throw beyondLimit('field-tree');
    if ((nodes += 1) > limits.treeNodes) throw beyondLimit('field-tree');
    if (isRef(value)) seen.add(value.number);
    const dict = await file.resolve(value, at);
    return isDict(dict) ? dict : undefined;
  };
  const visit = async (
    node: { readonly ref: PdfRef | undefined; readonly dict: PdfDict },
    parent: { readonly name: string; readonly inherited: ReadonlyMap<string, PdfObject>; readonly depth: number },
  ): Promise<void> => {
    if (parent.depth > limits.treeDepth) throw beyondLimit('field-tree');
    const { entries } = node.dict;
    const partial = await file.resolve(entries.get('T'), at);
    const name = [parent.name, isString(partial) ? textOf(partial) : ''].filter((part) => part !== '').join('.');
    const inherited = new Map(parent.inherited);
    for (const key of INHERITED) {
      const own = entries.get(key);
      if (own !== undefined) inherited.set(key, own);
    }
    const kids = await file.resolve(entries.get('Kids'), at);
    const widgets: FormField['widgets'][number][] = [];
    let children = 0;
    for (const kid of isArray(kids) ? kids : []) {
      const dict = await open(kid);
      if (dict === undefined) continue;
      const child = { ref: isRef(kid) ? kid : undefined, dict };
      if (!dict.entries.has('T')) widgets.push(child);
      else {
        children += 1;
        await visit(child, { name, inherited, depth: parent.depth + 1 });
      }
    }
    if (children > 0 && widgets.length === 0) return;
    if (widgets.length === 0) widgets.push(node);
    fields.push({ name, ref: node.ref, dict: node.dict, inherited, widgets });
  };
  const form = await file.resolve((await readCatalog(file, at)).entries.get('AcroForm'), at);
  const roots = isDict(form) ? await file.resolve(form.entries.get('Fields'), at) : null;
  for (const root of isArray(roots) ? roots : []) {
    const dict = await open(root);
    const ref = isRef(root) ? root : undefined;
    if (dict !== undefined) await visit({ ref, dict }, { name: '', inherited: new Map(), depth: 0 });
  }
  return fields;
}
