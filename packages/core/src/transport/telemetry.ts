import { AnjuanError } from '../errors/anjuan-error.js';
import type { Clock } from '../lifecycle/clock.js';
import type { Policy } from './call.js';
import type { Telemetry } from './transport.js';

/** Tells the host's hook name, duration and code of every finished call. Nothing else is known here on purpose. */
export function telemetryPolicy({
  clock,
  telemetry,
}: {
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}): Policy {
  return (next) => async (call) => {
    const startMs = clock.now();
    const tell = (code: string | undefined): void =>
      telemetry({ name: call.name, durationMs: clock.now() - startMs, ...(code !== undefined && { code }) });
    try {
      const reply = await next(call);
      tell(undefined);
      return reply;
    } catch (error) {
      tell(AnjuanError.from(error).code);
      throw error;
    }
  };
}
