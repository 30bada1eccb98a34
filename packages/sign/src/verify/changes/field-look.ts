import { isDict, isName, isStream, type PdfDict, type PdfObject } from '../../pdf/objects.js';
import type { Comparison } from './comparison.js';
import { contentOperations } from './content-operations.js';

const MAX_BYTES = 1 << 20;
const SHOWS = new Set(['Tj', 'TJ', "'", '"']);
const PAINTS = /^(Do|BI|sh|[fFsSbB]\*?)$/;
const PLAIN = new Set(['Type1', 'TrueType', 'MMType1']);

/** What can be read off an appearance. */
export interface FieldLook {
  /** Words without blanks; undefined when a font hides what its codes mean. */
  readonly words: string | undefined;
  /** It draws neither words nor anything else. */
  readonly blank: boolean;
}

/** Reads the words that the normal appearance of a text field shows; undefined when there is none that can be read. */
export async function readLook(step: Comparison, appearance: PdfObject | undefined): Promise<FieldLook | undefined> {
  const states = await step.new(appearance ?? null);
  const form = isDict(states) ? await step.new(states.entries.get('N') ?? null) : null;
  if (!isStream(form)) return undefined;
  const dict = async (value: PdfObject | undefined): Promise<PdfDict> => (await step.dicts(null, value))[1];
  const fonts = await dict((await dict(form.dict.entries.get('Resources'))).entries.get('Font'));
  let text: string;
  try {
    text = new TextDecoder('latin1').decode(await step.graph.file.decode(form, { maxBytes: MAX_BYTES }));
  } catch {
    return undefined;
  }
  let [words, blank, plain] = ['', true, true];
  for (const { operator, names, shown } of contentOperations(text)) {
    if (operator === 'Tf') plain &&= await isPlain(step, await dict(fonts.entries.get(names.at(-1) ?? '')));
    if (SHOWS.has(operator)) words += shown;
    if (PAINTS.test(operator) || (SHOWS.has(operator) && shown.trim() !== '')) blank = false;
    if (operator === 'Do') plain = false;
  }
  return { words: plain ? words.replace(/\s/g, '') : undefined, blank };
}

/** A font whose codes are letters; one that is not named here is one of the form's own. */
async function isPlain(step: Comparison, font: PdfDict): Promise<boolean> {
  const [type, encoding] = [await step.new(font.entries.get('Subtype')), await step.new(font.entries.get('Encoding'))];
  return font.entries.size === 0 || (isName(type) && PLAIN.has(type.value) && !isDict(encoding));
}

/** True when an appearance shows other words than the value says, as far as both can be read. */
export function contradicts(look: FieldLook | undefined, value: string): boolean {
  const words = look?.words ?? '';
  const said = value.replace(/\s/g, '');
  return words !== '' && words !== said && /^[!-~]*$/.test(words + said);
}
