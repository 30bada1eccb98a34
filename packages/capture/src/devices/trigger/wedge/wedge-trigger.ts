import { isTyping } from '../keyboard/typing-target.js';
import { ScopedTrigger } from '../scoped-trigger.js';
import type { TriggerSource } from '../trigger-source.js';
import { WedgeDecoder, type WedgeDecoderOptions } from './wedge-decoder.js';

/** A barcode gun that types (keyboard wedge). */
export interface WedgeTriggerOptions extends WedgeDecoderOptions {
  /** Where key presses are heard, usually the document; they are heard before anything inside. */
  readonly target: EventTarget;
  /** What happens while text is typed somewhere: `ignore` leaves it alone, `read` takes barcodes there, too. Default `ignore`. */
  readonly fields?: 'ignore' | 'read';
}

/**
 * Hears barcodes among key presses; start it before the keyboard trigger. What people type passes untouched. Of a barcode,
 * the terminator is taken away, so that it presses no button, and outside of fields also the keys after the first three,
 * so that they run no shortcuts.
 */
export function wedgeTrigger(options: WedgeTriggerOptions): TriggerSource {
  const { target, fields = 'ignore' } = options;
  return new ScopedTrigger('barcode gun', ({ scope, onTrigger }) => {
    const decoder = new WedgeDecoder(options);
    scope.listen(
      target,
      'keydown',
      (event) => {
        const { key, code, shiftKey: shift, ctrlKey, altKey, metaKey } = event as KeyboardEvent;
        const typing = isTyping(event);
        if (ctrlKey || altKey || metaKey || (typing && fields === 'ignore')) return decoder.reset();
        const result = decoder.press({ key, code, shift, timeMs: event.timeStamp });
        if (result.status === 'typing' || (result.status === 'burst' && typing)) return undefined;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (result.status === 'barcode') onTrigger({ kind: 'barcode', text: result.text });
        return undefined;
      },
      { capture: true },
    );
  });
}
