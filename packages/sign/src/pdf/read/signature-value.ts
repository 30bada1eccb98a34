import { isArray, isDict, isName, isRef, isString, pdfDict } from '../objects.js';
import type { PdfDict, PdfObject, PdfString } from '../objects.js';
import type { AtRevision, PdfFile } from '../pdf-file.js';
import { readCatalog } from './pages.js';
import { PdfReader } from './pdf-reader.js';
import type { FieldSelection, SignatureValue } from './signature-field.js';
import { textOf } from './text-string.js';

/** The dictionary behind /V as it stands. */
export async function readSignatureValue(
  file: PdfFile,
  field: { readonly value: PdfObject; readonly fieldNumber: number | undefined },
  at: AtRevision,
): Promise<SignatureValue> {
  const { value, fieldNumber } = field;
  const ref = isRef(value) ? value : undefined;
  const found = await file.resolve(value, at);
  const dict = isDict(found) ? found : pdfDict({});
  const get = (key: string): Promise<PdfObject> => file.resolve(dict.entries.get(key), at);
  const [contents, range, by] = [await get('Contents'), await get('ByteRange'), await get('M')];
  const numbers = isArray(range) ? await Promise.all(range.map((member) => file.resolve(member, at))) : [];
  const allNumbers = isArray(range) && numbers.every((member) => typeof member === 'number');
  const number = ref?.number ?? fieldNumber;
  const docMdp = await transform(file, { dict, method: 'DocMDP', at });
  const fieldMdp = await transform(file, { dict, method: 'FieldMDP', at });
  const permissions = docMdp === undefined ? undefined : await file.resolve(docMdp.entries.get('P'), at);
  return {
    ref,
    dict,
    ...(isDict(found) ? {} : { problem: found === null ? 'missing-object' : 'not-a-dictionary' }),
    kind: isName(await get('Type'), 'DocTimeStamp') ? 'DocTimeStamp' : 'Sig',
    filter: nameOf(await get('Filter')),
    subFilter: nameOf(await get('SubFilter')),
    byteRange: allNumbers ? numbers.map(Number) : undefined,
    contents: isString(contents) ? contents.bytes : undefined,
    contentsSpan: isString(contents) ? spanOf(file, contents) : undefined,
    ...(isString(by) ? { mByM: textOf(by) } : {}),
    ...(docMdp === undefined ? {} : { docMdp: permissions === 1 || permissions === 3 ? permissions : 2 }),
    certifies: await certifies(file, value, at),
    ...(fieldMdp === undefined ? {} : { fieldMdp: await readSelection(file, fieldMdp, at) }),
    revision: number === undefined ? 0 : writtenIn(file, number, at),
  };
}

const nameOf = (value: PdfObject): string | undefined => (isName(value) ? value.value : undefined);

const spanOf = (file: PdfFile, string: PdfString): readonly [number, number] | undefined =>
  file instanceof PdfReader ? file.spanOf(string) : undefined;

/** The newest revision that has an entry of its own for the object. */
function writtenIn(file: PdfFile, number: number, at: AtRevision): number {
  let index = Math.min(file.revisions.length - 1, at.revision ?? file.revisions.length - 1);
  const entry = file.entry(number, at);
  if (entry?.kind === 'offset') {
    return file.revisions.find(({ endOffset }) => entry.offset < endOffset)?.index ?? index;
  }
  while (index > 0 && file.revisions[index]?.entries.has(number) !== true) index -= 1;
  return index;
}

/** /TransformParams of a signature reference. @source ISO 32000-2 tables 256, 257, 259 */
async function transform(
  file: PdfFile,
  asked: { readonly dict: PdfDict; readonly method: string; readonly at: AtRevision },
): Promise<PdfDict | undefined> {
  const references = await file.resolve(asked.dict.entries.get('Reference'), asked.at);
  for (const value of isArray(references) ? references : []) {
    const reference = await file.resolve(value, asked.at);
    if (!isDict(reference)) continue;
    const method = await file.resolve(reference.entries.get('TransformMethod'), asked.at);
    if (!isName(method, asked.method)) continue;
    const parms = await file.resolve(reference.entries.get('TransformParams'), asked.at);
    return isDict(parms) ? parms : pdfDict({});
  }
  return undefined;
}

/** /Action and /Fields of a lock or of FieldMDP; an unknown action counts as All. */
export async function readSelection(file: PdfFile, dict: PdfDict, at: AtRevision): Promise<FieldSelection> {
  const action = nameOf(await file.resolve(dict.entries.get('Action'), at));
  const names = await file.resolve(dict.entries.get('Fields'), at);
  const fields: string[] = [];
  for (const value of isArray(names) ? names : []) {
    const name = await file.resolve(value, at);
    if (isString(name)) fields.push(textOf(name));
  }
  return { action: action === 'Include' || action === 'Exclude' ? action : 'All', fields };
}

/** @source ISO 32000-2 table 263 */
async function certifies(file: PdfFile, value: PdfObject, at: AtRevision): Promise<boolean> {
  const perms = await file.resolve((await readCatalog(file, at)).entries.get('Perms'), at);
  const certified = isDict(perms) ? perms.entries.get('DocMDP') : undefined;
  return isRef(certified) && isRef(value) && certified.number === value.number;
}
