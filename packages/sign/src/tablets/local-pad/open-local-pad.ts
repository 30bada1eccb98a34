import { abortError, systemClock, throwIfAborted, untilAborted } from '@anjuan/core';
import { signError } from '../../errors/sign-codes.js';
import type { InkEvent, InkSession } from '../../ink/ink.js';
import type { LocalPadInkSourceOptions, LocalPadSocket } from './local-pad-ink-source.js';
import { LocalPadSession } from './local-pad-session.js';

/** See `localPadInkSource`. */
export async function openLocalPad(
  options: LocalPadInkSourceOptions,
  { signal, onEvent }: { readonly signal: AbortSignal; readonly onEvent: (event: InkEvent) => void },
): Promise<InkSession> {
  throwIfAborted(signal);
  const session = new LocalPadSession({
    socket: connect(options),
    onEvent,
    onGap: (missingMessages) => options.onGap?.({ missingMessages }),
    clock: options.clock ?? systemClock,
    timeoutMs: options.timeoutMs ?? 10_000,
    signal,
  });
  try {
    await untilAborted(session.start(), signal);
    return session;
  } catch (error) {
    await session.close();
    throw signal.aborted ? abortError(signal) : error;
  }
}

function connect({ url, webSocket }: LocalPadInkSourceOptions): LocalPadSocket {
  try {
    return webSocket ? webSocket(url) : new WebSocket(url);
  } catch (cause) {
    const blocked = cause instanceof DOMException && cause.name === 'SecurityError';
    throw signError(blocked ? 'pad-insecure-context' : 'pad-service-missing', { cause });
  }
}
