import { ScopedTrigger } from './scoped-trigger.js';
import type { TriggerSource } from './trigger-source.js';

/** A button that somebody else watches: a vendor's service (`ExternalButton`), a house's own hardware. */
export interface HookTriggerOptions {
  readonly name: string;
  /** Called on start; calls `onPress` at each press, and gives the function that ends the watch. */
  readonly subscribe: (onPress: () => void) => () => void;
  /** Default `shutter`. */
  readonly command?: string;
}

/** Makes a trigger of a button that the browser itself cannot see, such as the snapshot button of a document camera. */
export function hookTrigger({ name, subscribe, command = 'shutter' }: HookTriggerOptions): TriggerSource {
  return new ScopedTrigger(name, ({ scope, onTrigger }) => {
    scope.defer(subscribe(() => onTrigger({ kind: 'command', command })));
  });
}
