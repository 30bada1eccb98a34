import type { Ink } from '../../ink/ink.js';
import { inkToJson, readInk } from '../../ink/ink-json.js';
import type { PadContent } from './pad-content.js';

/**
 * What the form holds: texts only, because browsers bring nothing back where a file in memory is among the values.
 * `sendAsFile` makes the ink a file when the form is sent.
 */
export function formEntries(name: string, content: PadContent): FormData | null {
  const { ink, stamp } = content;
  if (!ink || name === '') return null;
  const data = new FormData();
  data.set(name, inkToJson(ink));
  if (content.mode === 'typed') data.set(`${name}.text`, content.typedText.trim());
  if (content.mode === 'stamped' && stamp) data.set(`${name}.stamp`, stamp.stamp.id);
  return data;
}

/** Turns the ink among the entries that are about to be sent into a JSON file. */
export function sendAsFile(name: string, data: FormData): void {
  const json = name === '' ? null : data.get(name);
  if (typeof json === 'string') data.set(name, new File([json], 'ink.json', { type: 'application/json' }));
}

/** What the browser keeps while the page is gone, to give it back when it returns. */
export function stateOf(content: PadContent): string {
  const { ink, typedText, stamp } = content;
  return ink ? JSON.stringify({ ink, typedText, stampId: stamp?.stamp.id }) : '';
}

/** Reads `stateOf`; undefined for anything else. */
export function readState(
  state: unknown,
): { readonly ink: Ink; readonly typedText: string; readonly stampId: string | undefined } | undefined {
  try {
    const { ink, typedText, stampId } = JSON.parse(String(state)) as Readonly<Record<string, unknown>>;
    return {
      ink: readInk(ink),
      typedText: typeof typedText === 'string' ? typedText : '',
      stampId: typeof stampId === 'string' ? stampId : undefined,
    };
  } catch {
    return undefined;
  }
}
