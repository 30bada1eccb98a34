import type { Keymap } from '@anjuan/core/element';

/** Everything the viewer does on a key; also the rows of the help dialog. */
export type ViewerCommand =
  | 'screen-down'
  | 'screen-up'
  | 'next-page'
  | 'previous-page'
  | 'next-document'
  | 'previous-document'
  | 'first-page'
  | 'last-page'
  | 'page-field'
  | 'zoom-in'
  | 'zoom-out'
  | 'fit-width'
  | 'fit-page'
  | 'actual-size'
  | 'rotate-right'
  | 'rotate-left'
  | 'toggle-rail'
  | 'focus-filter'
  | 'search'
  | 'next-hit'
  | 'previous-hit'
  | 'full-screen'
  | 'help';

/** Keys of the viewer, as data: `[{ id: 'next-page', keys: ['j'] }]`. */
export type ViewerKeymap = Keymap<ViewerCommand>;

/**
 * The built-in keys. They act only while the focus is inside the viewer and not in a text field.
 * `when: 'reading'` holds them back until a record is open. Replace or extend them through the `keymap` property: `[...defaultViewerKeymap, { id: 'next-page', keys: ['n'] }]`.
 */
export const defaultViewerKeymap: ViewerKeymap = [
  { id: 'screen-down', keys: ['PageDown', 'Space'] },
  { id: 'screen-up', keys: ['PageUp', 'Shift+Space'] },
  { id: 'next-page', keys: ['j', 'ArrowRight'] },
  { id: 'previous-page', keys: ['k', 'ArrowLeft'] },
  { id: 'next-document', keys: [']', 'Shift+PageDown'] },
  { id: 'previous-document', keys: ['[', 'Shift+PageUp'] },
  { id: 'first-page', keys: ['Home'] },
  { id: 'last-page', keys: ['End'] },
  { id: 'page-field', keys: ['g'] },
  { id: 'zoom-in', keys: ['+', '='] },
  { id: 'zoom-out', keys: ['-'] },
  { id: 'fit-width', keys: ['w'] },
  { id: 'fit-page', keys: ['e'] },
  { id: 'actual-size', keys: ['1'] },
  { id: 'rotate-right', keys: ['r'] },
  { id: 'rotate-left', keys: ['Shift+R'] },
  { id: 'toggle-rail', keys: ['b'] },
  { id: 'focus-filter', keys: ['/'] },
  { id: 'search', keys: ['Mod+f'], when: 'reading' },
  { id: 'next-hit', keys: ['n', 'F3', 'Mod+g'], when: 'reading' },
  { id: 'previous-hit', keys: ['p', 'Shift+F3', 'Mod+Shift+g'], when: 'reading' },
  { id: 'full-screen', keys: ['f'] },
  { id: 'help', keys: ['?'] },
];

/** Sections of the help dialog, in reading order. */
export const commandGroups = {
  move: [
    'screen-down',
    'screen-up',
    'next-page',
    'previous-page',
    'next-document',
    'previous-document',
    'first-page',
    'last-page',
    'page-field',
  ],
  view: ['zoom-in', 'zoom-out', 'fit-width', 'fit-page', 'actual-size', 'rotate-right', 'rotate-left', 'full-screen'],
  tools: ['toggle-rail', 'focus-filter', 'search', 'next-hit', 'previous-hit', 'help'],
} as const satisfies Record<string, readonly ViewerCommand[]>;

/** All keys of a command, over all its bindings. */
export function keysOf(keymap: ViewerKeymap, command: ViewerCommand): readonly string[] {
  return keymap.flatMap((binding) => (binding.id === command ? binding.keys : []));
}
