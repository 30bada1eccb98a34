import type { AnjuanError } from '@anjuan/core';
import type { Symbology } from './pos/symbology.js';

/** What a trigger says: run a command (`shutter`, `new-document`, …), or take a barcode. */
export type Trigger =
  | { readonly kind: 'command'; readonly command: string }
  /** The text may be patient data (wristbands): never log it. */
  | { readonly kind: 'barcode'; readonly text: string; readonly symbology?: Symbology };

/** How to start. */
export interface StartTriggerOptions {
  /** The device went away; the source has stopped. Code `device-lost`. */
  readonly onLost?: (error: AnjuanError) => void;
  readonly signal?: AbortSignal;
}

/** A pedal, button, key or barcode gun that asks for something while hands are busy. */
export interface TriggerSource {
  /** For people; never a serial number. */
  readonly name: string;
  /**
   * Begins to listen. Sources behind a chooser need a user gesture the first time. Starting twice is starting once.
   * Errors: `insecure-context`, `feature-missing`, `permission-policy-blocked`, `chooser-cancelled`, `device-busy`,
   * `device-not-found`, `aborted`.
   */
  start(onTrigger: (trigger: Trigger) => void, options?: StartTriggerOptions): Promise<void>;
  /** Stops listening at once; may be started again. */
  stop(): void;
}
