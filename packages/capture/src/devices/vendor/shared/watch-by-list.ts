import { linkAbort, Scope, type Clock } from '@anjuan/core';
import type { FrameDevice } from '../../frame-source.js';

/** Milliseconds between two looks at a service that does not tell by itself when devices come or go. */
export const WATCH_INTERVAL_MS = 3_000;

/** What is needed to watch. */
export interface WatchByListOptions {
  readonly clock: Clock;
  readonly list: (signal: AbortSignal) => Promise<readonly FrameDevice[]>;
  /** False while a look would ask the user for a permission. */
  readonly mayAsk: () => Promise<boolean>;
  readonly listener: () => void;
  /** Default `WATCH_INTERVAL_MS`. */
  readonly intervalMs?: number;
}

/** Looks again and again and calls back when the list changed, until the returned function is called. */
export function watchByList({ clock, list, mayAsk, listener, intervalMs }: WatchByListOptions): () => void {
  const scope = new Scope();
  const linked = linkAbort(scope.signal);
  let known: string | undefined;
  const look = async (): Promise<void> => {
    const devices = (await mayAsk()) ? await list(linked.signal).catch(() => []) : undefined;
    if (scope.disposed) return;
    const found = devices?.map((device) => device.deviceId).join('\n');
    if (known !== undefined && found !== undefined && found !== known) listener();
    known = found ?? known;
    arm();
  };
  const arm = (): void => {
    const cancel = clock.after(intervalMs ?? WATCH_INTERVAL_MS, () => {
      forget();
      void look();
    });
    const forget = scope.defer(cancel);
  };
  void look();
  return () => scope.dispose();
}
