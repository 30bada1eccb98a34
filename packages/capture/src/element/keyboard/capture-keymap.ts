import type { Keymap } from '@anjuan/core/element';

/** Everything capture does on a key; also the rows of the help dialog. */
export type CaptureCommand =
  | 'shutter'
  | 'auto'
  | 'new-document'
  | 'retake'
  | 'edit'
  | 'turn-right'
  | 'turn-left'
  | 'previous-page'
  | 'next-page'
  | 'first-page'
  | 'last-page'
  | 'move-back'
  | 'move-on'
  | 'split'
  | 'insert'
  | 'keep'
  | 'remove'
  | 'undo'
  | 'colour-colour'
  | 'colour-gray'
  | 'colour-bilevel'
  | 'colour-seal'
  | 'documents'
  | 'devices'
  | 'files'
  | 'submit'
  | 'help';

/** Keys of capture, as data: `[{ id: 'shutter', keys: ['PageDown'] }]`. */
export type CaptureKeymap = Keymap<CaptureCommand>;

/**
 * The built-in keys. They act only while the focus is inside and not in a text field; space and Enter operate a button
 * that has the focus. A pedal sends one of the shutter keys. Replace or extend them through the `keymap` property.
 */
export const defaultCaptureKeymap: CaptureKeymap = [
  { id: 'shutter', keys: ['Space', 'Enter', 'PageDown'] },
  { id: 'auto', keys: ['a'] },
  { id: 'new-document', keys: ['n'] },
  { id: 'retake', keys: ['r'] },
  { id: 'edit', keys: ['e'] },
  { id: 'turn-right', keys: [']'] },
  { id: 'turn-left', keys: ['['] },
  { id: 'move-back', keys: ['Alt+ArrowLeft', 'Alt+ArrowUp'] },
  { id: 'move-on', keys: ['Alt+ArrowRight', 'Alt+ArrowDown'] },
  { id: 'previous-page', keys: ['ArrowLeft', 'ArrowUp'] },
  { id: 'next-page', keys: ['ArrowRight', 'ArrowDown'] },
  { id: 'first-page', keys: ['Home'] },
  { id: 'last-page', keys: ['End'] },
  { id: 'split', keys: ['s'] },
  { id: 'insert', keys: ['i'] },
  { id: 'keep', keys: ['k'] },
  { id: 'remove', keys: ['Delete', 'Backspace'] },
  { id: 'undo', keys: ['Mod+z'] },
  { id: 'colour-colour', keys: ['1'] },
  { id: 'colour-gray', keys: ['2'] },
  { id: 'colour-bilevel', keys: ['3'] },
  { id: 'colour-seal', keys: ['4'] },
  { id: 'documents', keys: ['F2'] },
  { id: 'devices', keys: ['d'] },
  { id: 'files', keys: ['o'] },
  { id: 'submit', keys: ['Mod+Enter'] },
  { id: 'help', keys: ['?'] },
];

/** Sections of the help dialog, in reading order. */
export const captureCommandGroups = {
  shoot: ['shutter', 'auto', 'new-document', 'retake', 'insert', 'files', 'devices'],
  pages: [
    'previous-page',
    'next-page',
    'first-page',
    'last-page',
    'move-back',
    'move-on',
    'edit',
    'turn-right',
    'turn-left',
    'split',
    'keep',
    'remove',
    'undo',
  ],
  colours: ['colour-colour', 'colour-gray', 'colour-bilevel', 'colour-seal'],
  tools: ['documents', 'submit', 'help'],
} as const satisfies Record<string, readonly CaptureCommand[]>;

/** All keys of a command, over all its bindings. */
export function keysOf(keymap: CaptureKeymap, command: CaptureCommand): readonly string[] {
  return keymap.flatMap((binding) => (binding.id === command ? binding.keys : []));
}
