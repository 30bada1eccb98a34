import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, test } from 'node:test';
import { createFakeArchive, BASE } from '../../test-support/fake-archive.js';
import { fetchTransport } from '../transport/exchange.js';
import type { Transport } from '../transport/transport.js';
import { createFaultyTransport } from './faulty-transport.js';
import type { SuiteRunner } from './suite.js';
import { transportSuite, type TransportFixture } from './transport-suite.js';

const runner: SuiteRunner = {
  describe: (name, body) => void describe(name, body),
  it: (name, body) => void it(name, body),
};
const paths = { jsonPath: 'metadata', bytesPath: 'Binary/b-d1', missingPath: 'Patient/nobody' };

/** The fake archive as a well-behaved in-page transport. */
function inPage(): TransportFixture {
  const archive = createFakeArchive();
  const transport: Transport = async (request) => {
    if (request.signal.aborted) throw new DOMException('aborted', 'AbortError');
    const response = await archive.transport(request);
    response.headers.set('x-request-id', request.headers.get('x-request-id') ?? 'q');
    return response;
  };
  return { transport, baseUrl: BASE, bytes: archive.fileBytes, ...paths };
}

/** The same archive behind a real socket and `fetch`. */
async function overSocket(): Promise<TransportFixture> {
  const page = inPage();
  const server = createServer((incoming, outgoing) => {
    const headers = new Headers(incoming.headers as Record<string, string>);
    void page
      .transport(new Request(`https://archive.test${incoming.url ?? ''}`, { headers }))
      .then(async (response) => {
        outgoing.writeHead(response.status, Object.fromEntries(response.headers));
        outgoing.end(new Uint8Array(await response.arrayBuffer()));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const dispose = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { ...page, transport: fetchTransport, baseUrl: `http://127.0.0.1:${port}/fhir`, dispose };
}

transportSuite(runner, inPage);
transportSuite(runner, overSocket);

test('the suite finds a transport that breaks the contract', async () => {
  const good = inPage();
  const breakages: Transport[] = [
    async (request) => new Response(await (await good.transport(request)).arrayBuffer(), { status: 500 }),
    async () => new Response('{}', { headers: { 'content-type': 'application/json' } }),
    (request) => (request.signal.aborted ? Promise.reject(new TypeError('cancelled')) : good.transport(request)),
    createFaultyTransport(good.transport).transport,
  ];
  const failuresOf = async (transport: Transport): Promise<number> => {
    const tests: (() => Promise<void>)[] = [];
    transportSuite({ describe: (_name, body) => body(), it: (_name, body) => tests.push(body) }, () => ({
      ...good,
      transport,
    }));
    const outcomes = await Promise.allSettled(tests.map((run) => run()));
    return outcomes.filter(({ status }) => status === 'rejected').length;
  };
  const counts = await Promise.all(breakages.map(failuresOf));
  assert.ok(
    counts.slice(0, 3).every((count) => count > 0),
    counts.join(),
  );
  assert.equal(counts[3], 0, 'a faulty transport without faults is a good one');
});
