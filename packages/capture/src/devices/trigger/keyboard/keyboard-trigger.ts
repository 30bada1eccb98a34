import { matchKey, type Keymap } from '@anjuan/core/element';
import { ScopedTrigger } from '../scoped-trigger.js';
import type { TriggerSource } from '../trigger-source.js';
import { defaultTriggerKeymap } from './trigger-keymap.js';
import { isOnControl, isTyping } from './typing-target.js';

/** Keys and keyboard pedals. */
export interface KeyboardTriggerOptions {
  /** Where key presses are heard, usually the capture element or its document. */
  readonly target: EventTarget;
  /** Ids are the commands. Default `defaultTriggerKeymap`. */
  readonly keymap?: Keymap;
  /** Conditions that hold now, for bindings with `when`. */
  readonly active?: () => readonly string[];
}

/**
 * Turns key presses into commands. Silent while text is typed and while Space or Enter would press the focused control;
 * a held key or pedal counts once.
 */
export function keyboardTrigger(options: KeyboardTriggerOptions): TriggerSource {
  const { target, keymap = defaultTriggerKeymap, active = () => [] } = options;
  return new ScopedTrigger('keyboard', ({ scope, onTrigger }) => {
    scope.listen(target, 'keydown', (event) => {
      const press = event as KeyboardEvent;
      if (event.defaultPrevented || isTyping(event)) return;
      if ((press.key === ' ' || press.key === 'Enter') && isOnControl(event)) return;
      const command = matchKey(press, keymap, active());
      if (command === undefined) return;
      // Also for repeats: a held Space would scroll the page.
      event.preventDefault();
      if (!press.repeat) onTrigger({ kind: 'command', command });
    });
  });
}
