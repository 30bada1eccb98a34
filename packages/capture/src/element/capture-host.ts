import type { Locale } from '@anjuan/core/element';
import type { BatchTarget } from '@anjuan/core/outbox';
import type { CaptureParts } from './capture-parts.js';
import type { CaptureTexts } from './locales/capture.js';

/** What the parts of the element ask of the element itself. */
export interface CaptureHost {
  readonly parts: () => CaptureParts;
  readonly target: () => BatchTarget | undefined;
  readonly texts: () => CaptureTexts;
  readonly locale: () => Locale;
  /** False when a listener cancelled the event. */
  readonly fire: (event: Event) => boolean;
  readonly root: () => ParentNode;
  readonly update: () => void;
  /** Resolves when the screen shows the latest state. */
  readonly painted: () => Promise<unknown>;
}
