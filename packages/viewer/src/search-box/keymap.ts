import type { Keymap } from '@anjuan/core/element';
import type { OptionMove } from './option-list.js';

export type SearchBoxCommand = OptionMove | 'choose' | 'close';

/** Keys of the search field. `option` holds while an option is active: before, Home and End move in the text. */
export const searchBoxKeymap: Keymap<SearchBoxCommand> = [
  { id: 'next', keys: ['ArrowDown', 'Alt+ArrowDown'] },
  { id: 'previous', keys: ['ArrowUp'] },
  { id: 'page-next', keys: ['PageDown'] },
  { id: 'page-previous', keys: ['PageUp'] },
  { id: 'first', keys: ['Home'], when: 'option' },
  { id: 'last', keys: ['End'], when: 'option' },
  { id: 'choose', keys: ['Enter'] },
  { id: 'close', keys: ['Escape'] },
];
