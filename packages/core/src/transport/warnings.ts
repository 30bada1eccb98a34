import type { SafeDetails } from '../errors/anjuan-error.js';
import type { Telemetry } from './transport.js';

/** Something the integrator should know although the call went on. */
export interface ClientWarning {
  /**
   * - `clock-skew`: clocks of browser and archive differ by more than 30 s (`skewMs`, positive when the archive is ahead).
   * - `telemetry-hook-failed`: the host's telemetry hook threw; it is not called again.
   * - `record-without-folder`: index cards belong to no record and were left out (`count`).
   * - `pages-repeated`: the archive sent the same search page twice; the search ended there.
   */
  readonly id: 'clock-skew' | 'telemetry-hook-failed' | 'record-without-folder' | 'pages-repeated';
  /** Facts for developers, safe for logs. */
  readonly details: SafeDetails;
}

/** Hears warnings; must not throw. */
export type WarningHook = (warning: ClientWarning) => void;

/** A hook of the host must never break a call: after its first throw it is left alone. */
export function guardTelemetry(telemetry: Telemetry, warn: WarningHook): Telemetry {
  let broken = false;
  return (event) => {
    if (broken) return;
    try {
      telemetry(event);
    } catch {
      broken = true;
      warn({ id: 'telemetry-hook-failed', details: {} });
    }
  };
}
