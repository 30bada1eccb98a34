import type { Scope } from '@anjuan/core';
import { asRecord, asText } from '../json-service.js';

/** The used part of a WebSocket. */
export interface UkeySocket extends EventTarget {
  close(): void;
}

/** Options of {@link watchUkeys}. */
export interface WatchUkeysOptions {
  /** Default `ws://127.0.0.1:21051/xtxapp/`, on https pages `wss://127.0.0.1:21061/xtxapp/`. */
  readonly url?: string;
  /** Default the page's `WebSocket`. */
  readonly WebSocket?: new (url: string) => UkeySocket;
  /** Ends the watch. */
  readonly scope: Scope;
  /** A key was plugged or pulled; ask the signer for its identity to know which. */
  readonly onChange: () => void;
  /** Milliseconds until a lost connection is tried again. Default 3000. */
  readonly retryMs?: number;
}

/**
 * Tells when keys are plugged or pulled, until the scope ends. A service that does not run is tried again quietly: signing
 * itself says what is wrong.
 */
export function watchUkeys(options: WatchUkeysOptions): void {
  const { scope, onChange, retryMs = 3000 } = options;
  const { location, WebSocket: Standard } = globalThis as {
    location?: { protocol: string };
    WebSocket?: new (url: string) => UkeySocket;
  };
  const secure = location?.protocol === 'https:';
  const url = options.url ?? (secure ? 'wss://127.0.0.1:21061/xtxapp/' : 'ws://127.0.0.1:21051/xtxapp/');
  const Socket = options.WebSocket ?? Standard;
  if (!Socket || scope.disposed) return;
  const connection = scope.child();
  const again = (): void => {
    if (connection.disposed) return;
    connection.dispose();
    if (!scope.disposed) scope.timeout(() => watchUkeys(options), retryMs);
  };
  let socket: UkeySocket;
  try {
    socket = new Socket(url);
  } catch {
    return again();
  }
  connection.defer(() => socket.close());
  connection.listen(socket, 'message', (event) => {
    if (isPlugEvent((event as MessageEvent<unknown>).data)) onChange();
  });
  connection.listen(socket, 'close', again);
  connection.listen(socket, 'error', again);
}

function isPlugEvent(data: unknown): boolean {
  if (typeof data !== 'string' || data.length > 65_536) return false;
  try {
    return /^onusbkeychange$/i.test(asText(asRecord(JSON.parse(data))['call_cmd_id']) ?? '');
  } catch {
    return false;
  }
}
