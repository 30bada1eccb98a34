import { matchKey } from '@anjuan/core/element';
import { defaultViewerKeymap, type ViewerCommand, type ViewerKeymap } from './viewer-keymap.js';

const EDITABLE = 'input, textarea, select, [contenteditable]';
/** Also in a text field: their keys write nothing there. Letters bound to them do, so only with a modifier or F keys. */
const REACH_FIELDS: readonly ViewerCommand[] = ['search', 'next-hit', 'previous-hit'];
const OPERATED_BY_SPACE = 'button, a, [role="tab"], [role="option"], [role="treeitem"]';

/**
 * The command for a key press inside the viewer. Undefined when the key belongs to what has the focus: a text field,
 * a button with the space key, a page wider than the view with the sideways arrows.
 */
export function commandForKey(
  event: KeyboardEvent,
  keymap: ViewerKeymap,
  active: readonly string[] = [],
): ViewerCommand | undefined {
  const target = event.composedPath()[0];
  if (event.defaultPrevented || !(target instanceof HTMLElement)) return undefined;
  if (target.closest(EDITABLE)) {
    if (!event.ctrlKey && !event.metaKey && !/^F\d+$/.test(event.key)) return undefined;
    const command = matchKey(event, keymap, active);
    return command !== undefined && REACH_FIELDS.includes(command) ? command : undefined;
  }
  if ((event.key === ' ' || event.key === 'Enter') && target.closest(OPERATED_BY_SPACE)) return undefined;
  if (event.key.startsWith('Arrow') && !scrollsOnlyDown(target)) return undefined;
  return matchKey(event, keymap, active);
}

/** Arrow keys are commands only in the pages, and only while there is nothing to scroll sideways. */
function scrollsOnlyDown(target: HTMLElement): boolean {
  const pages = target.closest<HTMLElement>('[data-widget="pages"]');
  return pages !== null && pages.scrollWidth <= pages.clientWidth;
}

/** Host input: a list of bindings. Anything else falls back to the built-in keys. */
export function parseKeymap(value: unknown, warn: () => void): ViewerKeymap {
  const usable =
    Array.isArray(value) &&
    value.every((binding: unknown) => {
      const { id, keys } = (binding ?? {}) as { id?: unknown; keys?: unknown };
      return typeof id === 'string' && Array.isArray(keys) && keys.every((key) => typeof key === 'string');
    });
  if (usable) return value as ViewerKeymap;
  warn();
  return defaultViewerKeymap;
}
