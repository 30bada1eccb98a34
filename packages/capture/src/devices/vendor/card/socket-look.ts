import { onAbort, untilAborted, type AnjuanError } from '@anjuan/core';
import { timing, type SocketServiceOptions } from '../shared/options.js';
import { openSocket } from '../shared/socket-link.js';

/** One question over a connection of its own. */
export interface SocketLook<T> {
  readonly url: string;
  /** What to send first; nothing where the service sends by itself. */
  readonly request?: string | undefined;
  /** What to say before leaving. */
  readonly farewell?: string;
  readonly signal: AbortSignal;
  /** The result in a message; nothing when another message must be waited for. `send` answers what the service asks. */
  readonly read: (text: string, send: (answer: string) => void) => { readonly value: T } | undefined;
}

/** Connects, asks, waits for the message and leaves; leaving is what tells these services to stop waiting for a card. */
export async function lookOverSocket<T>(options: SocketServiceOptions, look: SocketLook<T>): Promise<T> {
  const { url, request, farewell, signal, read } = look;
  let settle = (_value: T): void => undefined;
  let fail = (_error: AnjuanError | undefined): void => undefined;
  const found = new Promise<T>((resolve, reject) => {
    settle = resolve;
    fail = (error) => reject(error ?? new Error('closed'));
  });
  // The promise may lose the race against an abort.
  found.catch(() => undefined);
  const early: string[] = [];
  let send = (answer: string): void => void early.push(answer);
  const link = await openSocket({
    ...options,
    ...timing(options),
    url,
    WebSocket: options.WebSocket,
    signal,
    onMessage: (text) => {
      const result = read(text, (answer) => send(answer));
      if (result) settle(result.value);
    },
    onEnd: (reason) => fail(reason),
  });
  const leave = (): void => {
    try {
      if (farewell !== undefined) link.send(farewell);
    } catch {
      // The connection is gone already.
    }
    link.close();
  };
  const stop = onAbort(signal, leave);
  try {
    // The service may have spoken before the connection was handed over.
    send = (answer) => link.send(answer);
    for (const answer of early.splice(0)) send(answer);
    if (request !== undefined) link.send(request);
    return await untilAborted(found, signal);
  } finally {
    stop();
    leave();
  }
}
