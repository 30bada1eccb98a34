import { captureError } from '@anjuan/core/outbox';

/** Interfaces of `navigator` that lead to devices behind a chooser. */
export type ChooserApi = 'hid' | 'usb' | 'serial';

/**
 * The given interface, or that of this browser. Errors: `insecure-context` on http pages, `feature-missing`. `details.api`
 * names the interface.
 */
export function browserApi<T extends object>(api: ChooserApi, given: T | undefined): T {
  if (given) return given;
  const found = (globalThis.navigator as Partial<Record<ChooserApi, T>> | undefined)?.[api];
  if (found) return found;
  throw captureError(globalThis.isSecureContext === false ? 'insecure-context' : 'feature-missing', {
    details: { api },
  });
}
