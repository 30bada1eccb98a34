import { AnjuanError, throwIfAborted, type Clock } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import { withDeadline } from './deadline.js';
import { MAX_MESSAGE_CHARS, protocolError } from './json.js';
import { assertNotBlocked, serviceFault, type ServiceAccess } from './service-fault.js';

/** The used part of a WebSocket. */
export interface SocketLike {
  send(data: string): void;
  close(): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** `WebSocket` or what stands for it. */
export type SocketConstructor = new (url: string) => SocketLike;

/** Options of a connection. */
export interface SocketLinkOptions extends ServiceAccess {
  readonly url: string;
  readonly WebSocket: SocketConstructor | undefined;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Each text message; what it throws ends the connection. */
  readonly onMessage: (text: string) => void;
  /** Once: the reason when the service ended the connection, nothing when we did. */
  readonly onEnd: (reason: AnjuanError | undefined) => void;
}

/** An open connection to a service. */
export interface SocketLink {
  send(text: string): void;
  /** Ends it; with a reason, `onEnd` gets that. */
  close(reason?: AnjuanError): void;
}

/** Connects; `service-blocked`, `service-not-installed` or `device-timeout` when that fails. */
export async function openSocket(options: SocketLinkOptions): Promise<SocketLink> {
  const { url, signal, onMessage, onEnd } = options;
  throwIfAborted(signal);
  const Socket = options.WebSocket ?? (globalThis as { WebSocket?: SocketConstructor }).WebSocket;
  if (!Socket) throw captureError('feature-missing');
  await assertNotBlocked(url, options);
  const socket = construct(Socket, url);
  let ended = false;
  let opened = false;
  let early: AnjuanError | undefined;
  const end = (reason: AnjuanError | undefined): void => {
    if (ended) return;
    ended = true;
    socket.close();
    if (opened) onEnd(reason);
    else early = reason;
  };
  socket.addEventListener('message', ({ data }) => {
    if (ended) return;
    try {
      if (typeof data !== 'string' || data.length > MAX_MESSAGE_CHARS) throw protocolError('message');
      onMessage(data);
    } catch (error) {
      end(AnjuanError.from(error));
    }
  });
  try {
    await withDeadline(options, () => connected(socket));
  } catch (error) {
    end(undefined);
    if (early) throw early;
    if (error === REFUSED) throw await serviceFault(url, options);
    throw error;
  }
  if (ended) throw early ?? captureError('device-lost');
  opened = true;
  const lost = (): void => end(captureError('device-lost'));
  socket.addEventListener('close', lost);
  socket.addEventListener('error', lost);
  return {
    send: (text) => {
      if (ended) throw captureError('device-lost');
      try {
        socket.send(text);
      } catch (cause) {
        throw captureError('device-lost', { cause });
      }
    },
    close: end,
  };
}

const REFUSED = Symbol('refused');

function construct(Socket: SocketConstructor, url: string): SocketLike {
  try {
    return new Socket(url);
  } catch (cause) {
    // A content security policy or an unsafe address.
    throw captureError('service-blocked', { cause });
  }
}

function connected(socket: SocketLike): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(REFUSED));
    socket.addEventListener('close', () => reject(REFUSED));
  });
}
