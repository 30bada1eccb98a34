import type { Ink } from '../../ink/ink.js';
import { inkToJson, readInk } from '../../ink/ink-json.js';
import type { PadContent } from './pad-content.js';

/** What a form sends: the ink as a JSON file, the typed text or the stamp beside it. */
export function formEntries(name: string, content: PadContent): FormData | null {
  const { ink, stamp } = content;
  if (!ink || name === '') return null;
  const data = new FormData();
  data.set(name, new File([inkToJson(ink)], 'ink.json', { type: 'application/json' }));
  if (content.mode === 'typed') data.set(`${name}.text`, content.typedText.trim());
  if (content.mode === 'stamped' && stamp) data.set(`${name}.stamp`, stamp.stamp.id);
  return data;
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
