import { AnjuanError } from '../errors/anjuan-error.js';
import type { Transport } from '../transport/transport.js';
import { expectThat, type SuiteRunner } from './suite.js';

/** A transport with an archive behind it, and what the suite may ask of that archive. */
export interface TransportFixture {
  readonly transport: Transport;
  /** Service base; paths below are joined to it. */
  readonly baseUrl: string;
  /** Answers 200 with a JSON object, for example `metadata`. */
  readonly jsonPath: string;
  /** Answers 200 with exactly `bytes`, at least 16 of them. */
  readonly bytesPath: string;
  readonly bytes: Uint8Array;
  /** Answers 404. */
  readonly missingPath: string;
  /** Headers every request needs, for example an Authorization. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly dispose?: () => Promise<void> | void;
}

/**
 * What every Transport must do, whether it is `fetch`, an archive in the same page or an adapter to a vendor's API.
 * Run it in any framework: `transportSuite({ describe, it }, createFixture)`.
 */
export function transportSuite(
  { describe, it }: SuiteRunner,
  create: () => Promise<TransportFixture> | TransportFixture,
): void {
  const test = (name: string, body: (fixture: TransportFixture) => Promise<void>): void =>
    it(name, async () => {
      const fixture = await create();
      try {
        await body(fixture);
      } finally {
        await fixture.dispose?.();
      }
    });

  describe('Transport', () => {
    test('answers a GET with status, content type and a JSON body', async (fixture) => {
      const response = await fixture.transport(requestOf(fixture, fixture.jsonPath));
      expectThat(response.status === 200, `status 200, got ${response.status}`);
      expectThat(/json/.test(response.headers.get('content-type') ?? ''), 'a JSON content type');
      expectThat(typeof (await response.json()) === 'object', 'a JSON object');
    });

    test('gives bytes unchanged, with their length when it declares one', async (fixture) => {
      const response = await fixture.transport(requestOf(fixture, fixture.bytesPath));
      const bytes = new Uint8Array(await response.arrayBuffer());
      expectThat(same(bytes, fixture.bytes), 'the very bytes of the archive');
      const declared = response.headers.get('content-length');
      expectThat(declared === null || Number(declared) === bytes.length, 'a true Content-Length or none');
    });

    test('answers a range with exactly that part, or with the whole file', async (fixture) => {
      const response = await fixture.transport(requestOf(fixture, fixture.bytesPath, { range: 'bytes=4-11' }));
      const bytes = new Uint8Array(await response.arrayBuffer());
      const whole = response.status === 200 && same(bytes, fixture.bytes);
      const part =
        response.status === 206 &&
        same(bytes, fixture.bytes.slice(4, 12)) &&
        response.headers.get('content-range') === `bytes 4-11/${fixture.bytes.length}`;
      expectThat(whole || part, '206 with bytes 4-11 and Content-Range, or 200 with everything');
    });

    test('resolves, not rejects, when the archive refuses', async (fixture) => {
      const response = await fixture.transport(requestOf(fixture, fixture.missingPath));
      expectThat(response.status === 404, `status 404, got ${response.status}`);
      await response.arrayBuffer();
    });

    test('names the request: X-Request-Id comes back', async (fixture) => {
      const id = '00000000-0000-4000-8000-000000000001';
      const response = await fixture.transport(requestOf(fixture, fixture.jsonPath, { 'x-request-id': id }));
      await response.arrayBuffer();
      expectThat((response.headers.get('x-request-id') ?? '') !== '', 'an X-Request-Id on the answer');
    });

    test('settles when the signal is aborted before or on the way; a rejection then is an AbortError', async (fixture) => {
      const early = new AbortController();
      early.abort();
      await settled(fixture.transport(requestOf(fixture, fixture.jsonPath, {}, early.signal)));
      const late = new AbortController();
      const running = settled(fixture.transport(requestOf(fixture, fixture.bytesPath, {}, late.signal)));
      late.abort();
      await running;
    });

    test('serves requests side by side without mixing them', async (fixture) => {
      const paths = [fixture.jsonPath, fixture.bytesPath, fixture.jsonPath, fixture.bytesPath];
      const sizes = await Promise.all(
        paths.map(async (path) => {
          const response = await fixture.transport(requestOf(fixture, path));
          return (await response.arrayBuffer()).byteLength;
        }),
      );
      expectThat(sizes[0] === sizes[2] && sizes[1] === sizes[3], 'the same answer to the same request');
      expectThat(sizes[1] === fixture.bytes.length, 'the whole file');
    });
  });
}

function requestOf(
  fixture: TransportFixture,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Request {
  const all = { ...fixture.headers, ...headers };
  return new Request(`${fixture.baseUrl}/${path}`, { headers: all, ...(signal && { signal }) });
}

async function settled(answer: Promise<Response>): Promise<void> {
  try {
    await answer;
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    expectThat(name === 'AbortError' || AnjuanError.is(error, 'aborted'), `an AbortError, got ${name}`);
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
