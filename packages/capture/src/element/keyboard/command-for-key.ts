import { matchKey } from '@anjuan/core/element';
import { defaultCaptureKeymap, type CaptureCommand, type CaptureKeymap } from './capture-keymap.js';

const EDITABLE = 'input:not([type="range"], [type="checkbox"], [type="radio"]), textarea, select';
const OWN_ARROWS = 'input, select, [role="radiogroup"]';
const OPERATED_BY_SPACE = 'button, a, input, summary';
/** A pedal must work wherever the focus is, and no field writes these keys. */
const PEDAL_KEYS = new Set(['PageDown']);

/** The command for a key press inside capture. Undefined when the key belongs to what has the focus, or repeats a shutter. */
export function commandForKey(event: KeyboardEvent, keymap: CaptureKeymap): CaptureCommand | undefined {
  const target = event.composedPath()[0];
  if (event.defaultPrevented || !(target instanceof Element)) return undefined;
  const free = PEDAL_KEYS.has(event.key) || /^F\d+$/.test(event.key) || (event.key === 'Enter' && event.ctrlKey);
  if (!free) {
    if (target.closest(EDITABLE)) return undefined;
    if ((event.key === ' ' || event.key === 'Enter') && target.closest(OPERATED_BY_SPACE)) return undefined;
    if (event.key.startsWith('Arrow') && !event.altKey && target.closest(OWN_ARROWS)) return undefined;
  }
  const command = matchKey(event, keymap);
  // A pedal held down is one page.
  return command === 'shutter' && event.repeat ? undefined : command;
}

/** Host input: a list of bindings. Anything else falls back to the built-in keys. */
export function parseKeymap(value: unknown): CaptureKeymap {
  const usable =
    Array.isArray(value) &&
    value.every((binding: unknown) => {
      const { id, keys } = (binding ?? {}) as { id?: unknown; keys?: unknown };
      return typeof id === 'string' && Array.isArray(keys) && keys.every((key) => typeof key === 'string');
    });
  return usable ? (value as CaptureKeymap) : defaultCaptureKeymap;
}
