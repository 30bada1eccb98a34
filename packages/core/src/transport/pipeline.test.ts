import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnjuanError } from '../errors/anjuan-error.js';
import { abortWith } from '../lifecycle/abort.js';
import { createFaultyTransport, type FaultyTransport } from '../testing/faulty-transport.js';
import { ManualClock } from '../testing/manual-clock.js';
import { failure } from '../../test-support/failure.js';
import { Breaker, breakerDefaults } from './breaker.js';
import { textOf, type Call, type LaneTicket, type Send } from './call.js';
import { createPipeline, type PipelineOptions } from './pipeline.js';
import { newRequestId } from './request-id.js';
import type { TelemetryEvent } from './transport.js';
import type { ClientWarning } from './warnings.js';

const ORIGIN = 'https://archive.test';

interface Setup {
  readonly clock: ManualClock;
  readonly faults: FaultyTransport;
  readonly seen: Request[];
  readonly send: Send;
}

function setup(options: Partial<PipelineOptions> = {}, answer?: (request: Request) => Response): Setup {
  const clock = new ManualClock();
  const seen: Request[] = [];
  const faults = createFaultyTransport(
    async (request) => {
      seen.push(request);
      return answer?.(request) ?? new Response('{"ok":true}', { headers: { 'content-type': 'application/json' } });
    },
    { clock },
  );
  const send = createPipeline({
    trusts: (url) => url.origin === ORIGIN,
    clientSignal: new AbortController().signal,
    transport: faults.transport,
    clock,
    random: () => 1,
    newRequestId: () => 'our-id',
    ...options,
  });
  return { clock, faults, seen, send };
}

function callOf(changes: Partial<Call> = {}): Call {
  return {
    name: 'test',
    method: 'GET',
    url: new URL(`${ORIGIN}/fhir/x`),
    headers: {},
    subject: 'record',
    signal: new AbortController().signal,
    ticket: { lane: 'interactive' },
    ...changes,
  };
}

test('a call carries its request id, and the error carries the archive’s', async () => {
  const { send, seen, faults, clock } = setup();
  assert.equal((await send(callOf())).requestId, 'our-id');
  assert.equal(seen[0]?.headers.get('x-request-id'), 'our-id');
  faults.always({ kind: 'status', status: 404 });
  assert.equal((await failure(clock.settle(send(callOf())))).requestId, 'our-id');
});

test('nothing is kept in the browser’s disk cache, and no address leaks by referrer', async () => {
  const { send, seen } = setup();
  await send(callOf());
  assert.deepEqual([seen[0]?.cache, seen[0]?.referrerPolicy], ['no-store', 'no-referrer']);
});

test('request ids are random UUIDs of version 4', () => {
  const ids = Array.from({ length: 50 }, () => newRequestId());
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(new Set(ids).size, ids.length);
});

test('429 with Retry-After: waits exactly that long, then succeeds', async () => {
  const { send, faults, clock } = setup();
  faults.next({ kind: 'status', status: 429, retryAfter: '7' });
  const startMs = clock.now();
  const reply = await clock.settle(send(callOf()));
  assert.equal(textOf(reply), '{"ok":true}');
  assert.equal(clock.now() - startMs, 7000);
});

test('503 with a Retry-After date is honoured; one beyond the patience fails at once and says how long', async () => {
  const { send, faults, clock } = setup();
  faults.next({ kind: 'status', status: 503, retryAfter: new Date(clock.now() + 4000).toUTCString() });
  const startMs = clock.now();
  await clock.settle(send(callOf()));
  assert.equal(clock.now() - startMs, 4000);
  faults.next({ kind: 'html', status: 503, retryAfter: '600' });
  const error = await failure(send(callOf()));
  assert.equal(error.code, 'network-unavailable');
  assert.equal(error.retryAfterMs, 600_000);
});

test('without Retry-After the waits grow, and the third failure is the last', async () => {
  const { send, faults, clock } = setup();
  faults.always({ kind: 'offline' });
  const startMs = clock.now();
  assert.equal((await failure(clock.settle(send(callOf())))).code, 'network-unreachable');
  assert.equal(faults.requestCount, 3);
  assert.equal(clock.now() - startMs, 200 + 400);
});

test('waits are jittered over their whole length', async () => {
  const { send, faults, clock } = setup({ random: () => 0.25 });
  faults.always({ kind: 'offline' });
  const startMs = clock.now();
  await failure(clock.settle(send(callOf())));
  assert.equal(clock.now() - startMs, (200 + 400) / 4);
});

test('only what cannot take effect twice is repeated', async () => {
  const attempts = async (changes: Partial<Call>): Promise<number> => {
    const { send, faults, clock } = setup();
    faults.always({ kind: 'status', status: 503 });
    await failure(clock.settle(send(callOf(changes))));
    return faults.requestCount;
  };
  assert.equal(await attempts({ method: 'HEAD' }), 3);
  assert.equal(await attempts({ method: 'POST', body: '{}' }), 1);
  assert.equal(await attempts({ method: 'PUT', body: '{}' }), 1);
  assert.equal(await attempts({ method: 'PATCH', body: '{}' }), 1);
  assert.equal(await attempts({ method: 'PUT', body: '{}', headers: { 'if-match': 'W/"1"' } }), 3);
  assert.equal(await attempts({ method: 'POST', body: '{}', headers: { 'if-none-exist': 'identifier=a' } }), 3);
  assert.equal(await attempts({ method: 'POST', body: '{}', headers: { 'idempotency-key': 'k' } }), 3);
});

test('faults that repeating cannot cure are not repeated', async () => {
  for (const status of [400, 401, 403, 404, 409, 412, 422, 500, 501]) {
    const { send, faults, clock } = setup();
    faults.always({ kind: 'status', status });
    await failure(clock.settle(send(callOf())));
    assert.equal(faults.requestCount, 1, String(status));
  }
});

test('retries stay a tenth of the traffic once the reserve is spent', async () => {
  const { send, faults, clock } = setup({ concurrency: 1 }, () => new Response('{}'));
  // 404s keep the breaker closed between the faults.
  const calls = 400;
  for (let index = 0; index < calls; index += 1) {
    const fault = index % 4 === 0 ? ({ kind: 'offline' } as const) : undefined;
    faults.always(fault);
    await failure(clock.settle(send(callOf()).then(() => Promise.reject(new AnjuanError('aborted')))));
    await clock.advance(2000);
  }
  const retries = faults.requestCount - calls;
  assert.ok(retries >= 40 && retries <= calls * 0.1 + 10, `${retries} retries`);
});

test('slow: the deadline ends the call before headers and inside the body', async () => {
  for (const kind of ['stall', 'stalled-body'] as const) {
    const { send, faults, clock } = setup({ timeoutMs: 5000 });
    faults.next(kind === 'stall' ? { kind } : { kind, afterBytes: 4 });
    const startMs = clock.now();
    assert.equal((await failure(clock.settle(send(callOf())))).code, 'network-timeout', kind);
    assert.equal(clock.now() - startMs, 5000);
    assert.equal(clock.pending, 0, 'no timer left');
  }
});

test('slow but within the deadline is no fault', async () => {
  const { send, faults, clock } = setup({ timeoutMs: 5000 });
  faults.next({ kind: 'latency', ms: 4900 });
  assert.equal((await clock.settle(send(callOf()))).status, 200);
});

test('a whole file may take longer than the deadline as long as bytes arrive', async () => {
  const clock = new ManualClock();
  const chunks = Array.from({ length: 6 }, () => new Uint8Array(10));
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) =>
      new Promise((resolve) => {
        clock.after(4000, () => {
          const chunk = chunks.pop();
          if (chunk) controller.enqueue(chunk);
          else controller.close();
          resolve();
        });
      }),
  });
  const { send } = setup({ clock, timeoutMs: 5000, transport: async () => new Response(stream) });
  const loaded: number[] = [];
  const call = callOf({ deadline: 'idle', onProgress: ({ loadedBytes }) => loaded.push(loadedBytes) });
  assert.equal((await clock.settle(send(call))).sizeBytes, 60);
  assert.deepEqual(loaded, [10, 20, 30, 40, 50, 60]);
});

test('cut inside a body, or shorter than declared: interrupted, repeated, and whole the second time', async () => {
  for (const fault of [
    { kind: 'cut-body', afterBytes: 5 } as const,
    { kind: 'wrong-length', missingBytes: 3 } as const,
  ]) {
    const { send, faults, clock } = setup();
    faults.next(fault);
    assert.equal(textOf(await clock.settle(send(callOf()))), '{"ok":true}', fault.kind);
    assert.equal(faults.requestCount, 2);
    faults.always(fault);
    assert.equal((await failure(clock.settle(send(callOf())))).code, 'network-interrupted');
  }
});

test('abort ends a call in the queue, under way, in the body and between attempts', async () => {
  const stages = [
    { fault: { kind: 'stall' } as const, name: 'under way' },
    { fault: { kind: 'stalled-body', afterBytes: 2 } as const, name: 'in the body' },
    { fault: { kind: 'status', status: 503, retryAfter: '5' } as const, name: 'between attempts' },
  ];
  for (const { fault, name } of stages) {
    const { send, faults, clock } = setup({ concurrency: 1 });
    faults.always(fault);
    const controller = new AbortController();
    const waiting = new AbortController();
    const call = failure(send(callOf({ signal: controller.signal })));
    const queued = failure(send(callOf({ signal: waiting.signal })));
    await clock.advance(10);
    waiting.abort();
    assert.equal((await queued).code, 'aborted', `queued behind: ${name}`);
    controller.abort();
    assert.equal((await call).code, 'aborted', name);
    assert.equal(clock.pending, 0, `no timer left: ${name}`);
  }
});

test('a reason given with the abort is the error', async () => {
  const { send, faults } = setup();
  faults.always({ kind: 'stall' });
  const controller = new AbortController();
  const call = failure(send(callOf({ signal: controller.signal })));
  abortWith(controller, new AnjuanError('client-closed'));
  assert.equal((await call).code, 'client-closed');
});

test('at most six at a time per origin; the higher lane goes first, also when lifted while waiting', async () => {
  const order: string[] = [];
  let running = 0;
  let peak = 0;
  const gates: (() => void)[] = [];
  const { send, clock } = setup({
    transport: async (request) => {
      running += 1;
      peak = Math.max(peak, running);
      order.push(new URL(request.url).search.slice(1));
      await new Promise<void>((resolve) => gates.push(resolve));
      running -= 1;
      return new Response('{}');
    },
  });
  const start = (name: string, ticket: LaneTicket): Promise<unknown> =>
    send(callOf({ url: new URL(`${ORIGIN}/x?${name}`), ticket }));
  const lifted: LaneTicket = { lane: 'background' };
  const calls = [
    ...Array.from({ length: 6 }, (_, index) => start(`first${index}`, { lane: 'interactive' })),
    start('background', { lane: 'background' }),
    start('lifted', lifted),
    start('ahead', { lane: 'ahead' }),
    start('person', { lane: 'interactive' }),
  ];
  lifted.lane = 'interactive';
  await clock.advance(0);
  for (let open = gates.shift(); open; open = gates.shift()) {
    open();
    await clock.advance(0);
  }
  await Promise.all(calls);
  assert.equal(peak, 6);
  assert.deepEqual(order.slice(6), ['lifted', 'person', 'ahead', 'background']);
});

test('prefetching never takes the last slots', async () => {
  let running = 0;
  const { send, clock } = setup({
    transport: () => {
      running += 1;
      return new Promise<Response>(() => undefined);
    },
  });
  const controller = new AbortController();
  const calls = Array.from({ length: 10 }, () =>
    failure(send(callOf({ ticket: { lane: 'background' }, signal: controller.signal }))),
  );
  await clock.advance(0);
  assert.equal(running, 4);
  calls.push(failure(send(callOf({ signal: controller.signal }))));
  await clock.advance(0);
  assert.equal(running, 5);
  controller.abort();
  await Promise.all(calls);
});

test('the circuit opens at half of twenty calls, answers without calling, probes once and closes', async () => {
  const { send, faults, clock } = setup();
  faults.always({ kind: 'status', status: 500 });
  for (let index = 0; index < 20; index += 1) await failure(send(callOf()));
  const open = await failure(send(callOf()));
  assert.equal(open.code, 'network-circuit-open');
  assert.ok((open.retryAfterMs ?? 0) > 0);
  assert.equal(faults.requestCount, 20, 'nothing is sent while open');

  await clock.advance(10_000);
  faults.always({ kind: 'latency', ms: 50 });
  const probe = send(callOf());
  await clock.advance(0);
  assert.equal((await failure(send(callOf()))).code, 'network-circuit-open', 'one probe only');
  assert.equal((await clock.settle(probe)).status, 200);
  assert.equal((await clock.settle(send(callOf()))).status, 200, 'closed again');
});

test('a failed probe keeps the circuit open; an aborted one lets the next try', async () => {
  const { send, faults, clock } = setup();
  faults.always({ kind: 'status', status: 500 });
  for (let index = 0; index < 20; index += 1) await failure(send(callOf()));
  await clock.advance(10_000);
  assert.equal((await failure(send(callOf()))).code, 'server-fault');
  assert.equal((await failure(send(callOf()))).code, 'network-circuit-open');
  await clock.advance(10_000);
  faults.always({ kind: 'stall' });
  const controller = new AbortController();
  const aborted = failure(send(callOf({ signal: controller.signal })));
  await clock.advance(0);
  controller.abort();
  await aborted;
  faults.always(undefined);
  assert.equal((await send(callOf())).status, 200);
});

test('calls that were under way when the circuit opened do not hold the probe back', async () => {
  const clock = new ManualClock();
  const breaker = new Breaker(clock);
  const admissions = Array.from({ length: 25 }, () => breaker.enter());
  for (const admission of admissions.slice(0, 20)) breaker.leave(admission, 'bad');
  await clock.advance(breakerDefaults.openMs - 1);
  for (const admission of admissions.slice(20)) breaker.leave(admission, 'bad');
  await clock.advance(1);
  assert.equal(breaker.enter(), 'probe');
});

test('refusals never open the circuit, and one origin’s trouble is not another’s', async () => {
  const { send, faults } = setup();
  faults.always({ kind: 'status', status: 403 });
  for (let index = 0; index < 40; index += 1) assert.equal((await failure(send(callOf()))).code, 'record-forbidden');
  faults.always({ kind: 'status', status: 500 }, (request) => request.url.startsWith(ORIGIN));
  for (let index = 0; index < 60; index += 1) await failure(send(callOf()));
  assert.equal((await failure(send(callOf()))).code, 'network-circuit-open');
  assert.equal((await send(callOf({ url: new URL('https://other.test/x') }))).status, 200);
});

test('wrong token: auth-required, the callback is asked once more, and the same token is not tried twice', async () => {
  const reasons: string[] = [];
  const { send, faults } = setup({
    getToken: ({ reason }) => {
      reasons.push(reason);
      return 'wrong';
    },
  });
  faults.always({ kind: 'status', status: 401 });
  assert.equal((await failure(send(callOf()))).code, 'auth-required');
  assert.deepEqual(reasons, ['request', 'expired']);
  assert.equal(faults.requestCount, 1);
});

test('expired token: one renewal for all calls, each call repeated once', async () => {
  let renewals = 0;
  let current = 'old';
  const { send, clock, seen } = setup(
    {
      getToken: async ({ reason }) => {
        if (reason === 'expired') {
          renewals += 1;
          await Promise.resolve();
          current = 'new';
        }
        return current;
      },
    },
    (request) =>
      request.headers.get('authorization') === 'Bearer new'
        ? new Response('{}')
        : new Response(null, { status: 401, headers: { 'www-authenticate': 'Bearer error_description="expired"' } }),
  );
  await clock.settle(Promise.all(Array.from({ length: 4 }, () => send(callOf()))));
  assert.equal(renewals, 1);
  assert.equal(seen.length, 8);
  await send(callOf({ method: 'POST', body: '{}' }));
  assert.equal(seen.length, 9, 'the next call asks for its token anew');
});

test('a host that hands out its first token again gets it renewed each time the renewed one expires', async () => {
  let valid = 'second';
  const renewals: string[] = ['second', 'third'];
  const { send, clock } = setup(
    { getToken: ({ reason }) => (reason === 'request' ? 'first' : (renewals.shift() ?? null)) },
    (request) => new Response('{}', { status: request.headers.get('authorization') === `Bearer ${valid}` ? 200 : 401 }),
  );
  assert.equal((await clock.settle(send(callOf()))).status, 200);
  assert.equal((await clock.settle(send(callOf()))).status, 200, 'the renewal is remembered');
  assert.deepEqual(renewals, ['third']);
  valid = 'third';
  assert.equal((await clock.settle(send(callOf()))).status, 200);
  assert.deepEqual(renewals, []);
});

test('still expired after the renewal: the error says so', async () => {
  let count = 0;
  const { send, faults } = setup({ getToken: () => `token-${(count += 1)}` });
  faults.always({ kind: 'status', status: 401, code: 'auth-expired' });
  assert.equal((await failure(send(callOf()))).code, 'auth-expired');
  assert.equal(faults.requestCount, 2);
});

test('a token callback that throws is auth-required; one that hangs can be aborted', async () => {
  const throwing = setup({ getToken: () => Promise.reject(new Error('login window closed')) });
  assert.equal((await failure(throwing.send(callOf()))).code, 'auth-required');
  const hanging = setup({ getToken: () => new Promise<string>(() => undefined) });
  const controller = new AbortController();
  const call = failure(hanging.send(callOf({ signal: controller.signal })));
  controller.abort();
  assert.equal((await call).code, 'aborted');
});

test('a token that no header can carry is an argument error that does not quote it', async () => {
  const { send } = setup({ getToken: () => 'secret\nvalue' });
  const error = await failure(send(callOf()));
  assert.equal(error.code, 'invalid-argument');
  assert.ok(!`${error.message} ${JSON.stringify(error)} ${String(error.cause)}`.includes('secret'));
});

test('neither token nor request id goes to another origin', async () => {
  const { send, seen } = setup({ getToken: () => 'secret' });
  await send(callOf({ url: new URL('https://blobs.test/presigned?x=1') }));
  assert.equal(seen[0]?.headers.get('authorization'), null);
  assert.equal(seen[0]?.headers.get('x-request-id'), null);
  await send(callOf());
  assert.equal(seen[1]?.headers.get('authorization'), 'Bearer secret');
});

test('telemetry tells names, durations and codes; a throwing hook is left alone with one warning', async () => {
  const events: TelemetryEvent[] = [];
  const warnings: ClientWarning[] = [];
  const { send, faults, clock } = setup({
    telemetry: (event) => {
      events.push(event);
      if (events.length === 3) throw new Error('host bug');
    },
    onWarning: (warning) => warnings.push(warning),
  });
  faults.next({ kind: 'status', status: 503 }, { kind: 'latency', ms: 40 });
  await clock.settle(send(callOf({ url: new URL(`${ORIGIN}/fhir/x?name=张三`) })));
  faults.next({ kind: 'status', status: 404 });
  await failure(send(callOf()));
  await send(callOf());
  assert.deepEqual(events, [
    { name: 'retry', durationMs: 200, code: 'network-unavailable', count: 1 },
    { name: 'test', durationMs: 240 },
    { name: 'test', durationMs: 0, code: 'record-not-found' },
  ]);
  assert.deepEqual(warnings, [{ id: 'telemetry-hook-failed', details: {} }]);
});

test('clocks apart by more than thirty seconds: one warning', async () => {
  const warnings: ClientWarning[] = [];
  let skewMs = 20_000;
  const clock = new ManualClock();
  const { send } = setup({ clock, onWarning: (warning) => warnings.push(warning) }, () => {
    return new Response('{}', { headers: { date: new Date(clock.now() + skewMs).toUTCString() } });
  });
  await send(callOf());
  assert.deepEqual(warnings, []);
  skewMs = -2 * 3_600_000;
  await send(callOf());
  await send(callOf());
  assert.deepEqual(warnings, [{ id: 'clock-skew', details: { skewMs } }]);
});

test('nothing of a transport’s own error text reaches ours', async () => {
  const { send, clock } = setup({
    transport: () => Promise.reject(new TypeError('Failed to parse URL from https://archive.test/?name=张三')),
  });
  const error = await failure(clock.settle(send(callOf())));
  assert.ok(!JSON.stringify(error).includes('张三') && !error.message.includes('张三') && error.cause === undefined);
});
