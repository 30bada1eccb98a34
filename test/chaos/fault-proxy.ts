import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WireFault } from './plan.js';

/** One origin for the browser: pages and scripts from `serve`, the archive behind a line that breaks when told. */
export interface FaultProxy {
  readonly origin: string;
  /** The next fitting request suffers it. */
  arm(fault: Exclude<WireFault, 'archive-kill'>): void;
  /** Faults that have happened. */
  readonly happened: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

export interface FaultProxyOptions {
  /** Where the archive listens now; it moves when it is restarted. */
  readonly archivePort: () => number;
  /** Everything that is not `/fhir`. */
  readonly serve: (path: string) => { readonly body: Uint8Array | string; readonly type: string } | undefined;
}

/** Requests in a row that an offline spell swallows. */
const OFFLINE_REQUESTS = 4;

const statusOf: Partial<Record<WireFault, number>> = {
  'status-401': 401,
  'status-409': 409,
  'status-460': 460,
  'status-500': 500,
  'status-503': 503,
};

/** Which requests a fault is for; any, when not named. */
function fits(fault: WireFault, { method, url = '' }: IncomingMessage): boolean {
  if (fault === 'status-409' || fault === 'status-460' || fault === 'duplicate-part') return method === 'PATCH';
  if (fault === 'answer-lost') return method === 'PATCH' || (method === 'POST' && !url.includes('_search'));
  return true;
}

export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const armed: WireFault[] = [];
  const happened = new Map<string, number>();
  let offline = 0;

  const take = (incoming: IncomingMessage): WireFault | undefined => {
    const index = armed.findIndex((fault) => fits(fault, incoming));
    const [fault] = index < 0 ? [] : armed.splice(index, 1);
    if (fault) happened.set(fault, (happened.get(fault) ?? 0) + 1);
    if (fault === 'offline') offline = OFFLINE_REQUESTS;
    return fault;
  };

  const server = createServer((incoming, outgoing) => {
    const url = incoming.url ?? '/';
    if (!url.startsWith('/fhir')) return serveStatic(options, url, outgoing);
    void readAll(incoming).then(async (body) => {
      const fault = offline > 0 ? undefined : take(incoming);
      if (offline > 0) {
        offline -= 1;
        outgoing.destroy();
        return;
      }
      const status = fault && statusOf[fault];
      if (status !== undefined) return void outgoing.writeHead(status, { 'content-type': 'text/plain' }).end('fault');
      if (fault === 'duplicate-part') await forward(options.archivePort(), incoming, body).catch(() => undefined);
      const answer = await forward(options.archivePort(), incoming, body).catch(() => undefined);
      // The archive is down, or did the work and its answer never arrives.
      if (!answer || fault === 'answer-lost') return void outgoing.destroy();
      outgoing.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    arm: (fault) => void armed.push(fault),
    happened,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function serveStatic({ serve }: FaultProxyOptions, url: string, outgoing: ServerResponse): void {
  const file = serve(url.split(/[?#]/)[0] ?? '/');
  if (!file) return void outgoing.writeHead(404).end();
  outgoing.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-store' }).end(file.body);
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
}

function forward(port: number, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ port, host: '127.0.0.1', method, path: url, headers, agent: false }, (answer) => {
      readAll(answer).then((bytes) => {
        const kept = Object.entries(answer.headers).filter(([name]) => name !== 'transfer-encoding');
        const plain = Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
        resolve({ status: answer.statusCode ?? 502, headers: plain as Answer['headers'], body: bytes });
      }, reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
