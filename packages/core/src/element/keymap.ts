/**
 * One command and the keys that run it. Keys: `PageDown`, `j`, `Ctrl+f`, `Shift+Space`; `Mod` is Ctrl or, on a Mac,
 * Command. The key map of an element is data: help panels list it, hosts replace it.
 */
export interface KeyBinding<Id extends string = string> {
  readonly id: Id;
  readonly keys: readonly string[];
  /** The binding holds only while this condition is among the active ones. */
  readonly when?: string;
}

/** Bindings in order; the first that matches wins. */
export type Keymap<Id extends string = string> = readonly KeyBinding<Id>[];

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>;

/** Id of the first binding that fits the key press. Nothing fits while an input method composes. */
export function matchKey<Id extends string>(
  event: KeyPress,
  keymap: Keymap<Id>,
  active: readonly string[] = [],
): Id | undefined {
  if (event.isComposing) return undefined;
  const binding = keymap.find(
    ({ keys, when }) => (when === undefined || active.includes(when)) && keys.some((key) => matches(event, key)),
  );
  return binding?.id;
}

function matches(event: KeyPress, spec: string): boolean {
  const parts = spec.split(/\+(?=.)/);
  const last = parts.pop() ?? spec;
  const name = last === 'Space' ? ' ' : last;
  const mod = parts.includes('Mod');
  const ctrl = mod ? event.ctrlKey || event.metaKey : event.ctrlKey === parts.includes('Ctrl');
  const meta = mod || event.metaKey === parts.includes('Meta');
  const alt = event.altKey === parts.includes('Alt');
  // Signs such as `?` or `+` need Shift on some keyboards only, so Shift counts for letters and named keys alone.
  const shift = (name.length === 1 && !/[a-z ]/i.test(name)) || event.shiftKey === parts.includes('Shift');
  return ctrl && meta && alt && shift && event.key.toLowerCase() === name.toLowerCase();
}
