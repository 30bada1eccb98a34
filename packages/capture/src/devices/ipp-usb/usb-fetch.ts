import { onAbort, throwIfAborted, untilAborted, type AnjuanError, type Clock } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { EsclHttpOptions } from '../escl/escl-http.js';
import type { OpenedUsbDevice } from '../usb/open-device.js';
import { UsbHttpConnection } from './usb-http-connection.js';

/** The way to the HTTP server inside of a USB printer. */
export interface UsbFetch {
  readonly fetch: EsclHttpOptions['fetch'];
  /** Ends waiting calls with the reason; nothing is sent any more. */
  close(reason: AnjuanError): void;
}

/** Milliseconds that an answer nobody waits for may still take. */
const LEFTOVER_MS = 10_000;

/** Something like `fetch` over the interfaces of a device: as many calls at a time as there are interfaces. */
export function createUsbFetch({ device, functions }: OpenedUsbDevice, clock: Clock): UsbFetch {
  const free = functions.map((found) => new UsbHttpConnection(device, found, clock));
  const waiting: {
    readonly start: (connection: UsbHttpConnection) => void;
    readonly stop: (error: AnjuanError) => void;
  }[] = [];
  let ended: AnjuanError | undefined;

  const acquire = (): Promise<UsbHttpConnection> =>
    new Promise((start, stop) => {
      if (ended) {
        stop(ended);
        return;
      }
      const connection = free.shift();
      if (connection) start(connection);
      else waiting.push({ start, stop });
    });
  const release = (connection: UsbHttpConnection): void => {
    const next = waiting.shift();
    if (next) next.start(connection);
    else free.push(connection);
  };

  return {
    fetch: async (url, init) => {
      const signal = init.signal ?? new AbortController().signal;
      throwIfAborted(signal);
      const { pathname, search } = new URL(url);
      const acquired = acquire();
      let connection: UsbHttpConnection;
      try {
        connection = await untilAborted(acquired, signal);
      } catch (error) {
        acquired.then(release).catch(() => undefined);
        throw error;
      }
      if (typeof init.body !== 'string' && init.body !== undefined && init.body !== null) {
        release(connection);
        throw captureError('feature-missing', { details: { part: 'body' } });
      }
      // An abort lets go of the answer, not of the pipe: the rest of the answer must leave it first, or the pipe is emptied.
      const exchange = connection.exchange({
        method: init.method ?? 'GET',
        path: pathname + search,
        headers: Object.fromEntries(new Headers(init.headers)),
        body: init.body ?? undefined,
      });
      let cancel = (): void => undefined;
      const settled = (): void => {
        cancel();
        stop();
        release(connection);
      };
      const stop = onAbort(signal, () => {
        cancel = clock.after(LEFTOVER_MS, () => void connection.abandon());
      });
      exchange.then(settled, settled);
      return untilAborted(exchange, signal);
    },
    close: (reason) => {
      ended ??= reason;
      for (const { stop } of waiting.splice(0)) stop(ended);
    },
  };
}
