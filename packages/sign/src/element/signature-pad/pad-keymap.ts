import { matchKey, type Keymap } from '@anjuan/core/element';
import type { PadController } from './pad-controller.js';

/** Commands of the pad. `alternative`: sign without writing, where the policy allows it. */
type PadCommand = 'undo' | 'redo' | 'clear' | 'alternative';

/** Keys while the pad has the focus. */
const keymap: Keymap<PadCommand> = [
  { id: 'undo', keys: ['Mod+z'] },
  { id: 'redo', keys: ['Mod+y', 'Mod+Shift+z'] },
  { id: 'clear', keys: ['Delete', 'Backspace'], when: 'paper' },
  { id: 'alternative', keys: ['Enter'], when: 'paper' },
];

/** One key press somewhere in the pad; fields keep theirs. */
export function runKey(event: KeyboardEvent, pad: PadController): void {
  const target = event.composedPath()[0];
  if (event.defaultPrevented || !(target instanceof HTMLElement) || target instanceof HTMLInputElement) return;
  if (pad.asking && event.key === 'Escape') {
    event.stopPropagation();
    return pad.answerClear(false);
  }
  const command = matchKey(event, keymap, target.classList.contains('paper') ? ['paper'] : []);
  if (!command) return;
  event.preventDefault();
  if (command === 'undo') pad.content.undo();
  else if (command === 'redo') pad.content.redo();
  else if (command === 'clear') void pad.ask();
  else void pad.offerAlternative();
}
