import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { AnjuanError } from '@anjuan/core';

/** Where to listen, and what to do when the port is taken. */
export interface ListenOptions {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  readonly hostname: string;
  readonly port: number;
  /** Ports tried after a busy one. Default 0: a busy port is an error. */
  readonly spares?: number;
  readonly onBusy?: (port: number) => void;
}

/** A server that accepts connections. */
export interface Listening {
  readonly port: number;
  /** Lets running answers end for up to five seconds, then cuts them. */
  close(): Promise<void>;
}

const GRACE_MS = 5_000;

/** Throws `network-unavailable` when no port is free. Port 0 takes any free one. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const { fetch, hostname, spares = 0 } = options;
  for (let port = options.port; port <= options.port + spares; port += 1) {
    const server = createAdaptorServer({ fetch }) as Server;
    const bound = await tryListen(server, hostname, port);
    if (bound !== undefined) return { port: bound, close: () => stop(server) };
    options.onBusy?.(port);
  }
  throw new AnjuanError('network-unavailable', {
    message: 'The port is taken by another program.',
    details: { port: options.port, spares },
  });
}

/** The port, or undefined when it is busy. */
function tryListen(server: Server, hostname: string, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen(port, hostname, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
