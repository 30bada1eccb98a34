import { onAbort, untilAborted, type AnjuanError } from '@anjuan/core';
import { timing, type SocketServiceOptions } from '../shared/options.js';
import { openSocket } from '../shared/socket-link.js';

/** One question over a connection of its own. */
export interface SocketLook<T> {
  readonly url: string;
  /** What to send first; nothing where the service sends by itself. */
  readonly request?: string | undefined;
  readonly signal: AbortSignal;
  /** The result in a message; nothing when another message must be waited for. */
  readonly read: (text: string) => { readonly value: T } | undefined;
}

/** Connects, asks, waits for the message and leaves; leaving is what tells these services to stop waiting for a card. */
export async function lookOverSocket<T>(options: SocketServiceOptions, look: SocketLook<T>): Promise<T> {
  const { url, request, signal, read } = look;
  let settle = (_value: T): void => undefined;
  let fail = (_error: AnjuanError | undefined): void => undefined;
  const found = new Promise<T>((resolve, reject) => {
    settle = resolve;
    fail = (error) => reject(error ?? new Error('closed'));
  });
  // The promise may lose the race against an abort.
  found.catch(() => undefined);
  const link = await openSocket({
    ...options,
    ...timing(options),
    url,
    WebSocket: options.WebSocket,
    signal,
    onMessage: (text) => {
      const result = read(text);
      if (result) settle(result.value);
    },
    onEnd: (reason) => fail(reason),
  });
  const stop = onAbort(signal, () => link.close());
  try {
    if (request !== undefined) link.send(request);
    return await untilAborted(found, signal);
  } finally {
    stop();
    link.close();
  }
}
