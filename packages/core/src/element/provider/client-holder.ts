import { createArchiveClient } from '../../client/create-archive-client.js';
import type { ArchiveClient } from '../../client/types.js';
import type { Telemetry, TokenCallback, Transport } from '../../transport/transport.js';
import { warnOfClient } from './client-warnings.js';

export interface Connection {
  readonly baseUrl: string;
  readonly transport: Transport | undefined;
  /** A stable function; only whether there is one decides about a new client. */
  readonly getToken: TokenCallback | undefined;
  readonly telemetry: Telemetry;
}

/** Keeps one client for one connection: the same connection gives the same client, another one closes it first. */
export class ClientHolder {
  #connection: Connection | undefined;
  #client: ArchiveClient | undefined;

  get(connection: Connection): ArchiveClient {
    if (this.#client && this.#connection && sameConnection(this.#connection, connection)) return this.#client;
    this.close();
    const { baseUrl, transport, getToken, telemetry } = connection;
    this.#connection = connection;
    this.#client = createArchiveClient({
      baseUrl,
      telemetry,
      onWarning: warnOfClient,
      ...(transport ? { transport } : {}),
      ...(getToken ? { getToken } : {}),
    });
    return this.#client;
  }

  close(): void {
    this.#client?.close();
    this.#client = undefined;
    this.#connection = undefined;
  }
}

function sameConnection(a: Connection, b: Connection): boolean {
  // Elements may ask before the host has set `getToken`; its first arrival makes a new client, so they ask again.
  return a.baseUrl === b.baseUrl && a.transport === b.transport && Boolean(a.getToken) === Boolean(b.getToken);
}
