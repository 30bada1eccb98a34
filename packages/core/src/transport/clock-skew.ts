import type { Clock } from '../lifecycle/clock.js';
import type { Policy } from './call.js';
import type { WarningHook } from './warnings.js';

export const SKEW_LIMIT_MS = 30_000;

/** Compares the archive's `Date` with our clock and warns once: wrong clocks make wrong signatures and due times. */
export function clockSkewPolicy({ clock, warn }: { readonly clock: Clock; readonly warn: WarningHook }): Policy {
  let warned = false;
  return (next) => async (call) => {
    const sentMs = clock.now();
    const reply = await next(call);
    const archiveMs = Date.parse(reply.headers.get('date') ?? '');
    // An answer from a shared cache carries the time of its making.
    if (warned || Number.isNaN(archiveMs) || reply.headers.has('age')) return reply;
    const skewMs = archiveMs - (sentMs + clock.now()) / 2;
    if (Math.abs(skewMs) > SKEW_LIMIT_MS) {
      warned = true;
      warn({ id: 'clock-skew', details: { skewMs: Math.round(skewMs) } });
    }
    return reply;
  };
}
