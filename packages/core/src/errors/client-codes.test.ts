import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collect, failure } from '../../test-support/failure.js';
import {
  BASE,
  createFakeArchive,
  json,
  type FakeArchive,
  type FakeArchiveOptions,
} from '../../test-support/fake-archive.js';
import { createArchiveClient } from '../client/create-archive-client.js';
import type { ArchiveClient } from '../client/types.js';
import type { Fault } from '../testing/faults.js';
import { createFaultyTransport, type FaultyTransport } from '../testing/faulty-transport.js';
import { ManualClock } from '../testing/manual-clock.js';
import { AnjuanError } from './anjuan-error.js';
import { errorCodes, type BaseErrorCode } from './codes.js';

interface World {
  readonly client: ArchiveClient;
  readonly faults: FaultyTransport;
  readonly archive: FakeArchive;
}

interface Case {
  readonly options?: FakeArchiveOptions;
  readonly fault?: Fault;
  readonly call?: (world: World) => Promise<unknown>;
}

const d1 = { documentId: 'd1', versionId: '1' };
const pdf = { ...d1, url: 'Binary/b-d1', mime: 'application/pdf' };
const status = (code: number, own?: string): Fault => ({ kind: 'status', status: code, ...(own && { code: own }) });

/** How to provoke every code that the client itself can raise. Default call: `records.open`. */
const cases: Partial<Record<BaseErrorCode, Case>> = {
  aborted: {
    fault: { kind: 'stall' },
    call: ({ client }) => {
      const controller = new AbortController();
      const open = client.records.open('r1', { signal: controller.signal });
      controller.abort();
      return open;
    },
  },
  'network-unreachable': { fault: { kind: 'offline' } },
  'network-timeout': { fault: { kind: 'stall' } },
  'network-interrupted': { fault: { kind: 'cut-body', afterBytes: 20 } },
  'network-throttled': { fault: { kind: 'status', status: 429, retryAfter: '1' } },
  'network-unavailable': { fault: { kind: 'html', status: 502 } },
  'network-circuit-open': {
    fault: status(500),
    call: async ({ client }) => {
      for (let index = 0; index < 20; index += 1) await failure(client.documents.versions('d1'));
      return client.documents.versions('d1');
    },
  },
  'protocol-not-fhir': { fault: { kind: 'html' } },
  'protocol-invalid': { fault: status(400) },
  'server-fault': { fault: status(500) },
  'auth-required': { fault: status(401) },
  'auth-expired': { fault: status(401, 'auth-expired') },
  'record-not-found': { call: ({ client }) => client.records.open('nobody') },
  'record-forbidden': { fault: status(403) },
  'record-sealed': { fault: status(403, 'record-sealed') },
  'document-not-found': { call: ({ client }) => client.documents.versions('nothing') },
  'document-locked': { fault: status(403), call: ({ client }) => client.documents.bytes(pdf) },
  'page-not-found': { call: ({ client }) => client.documents.pageImage(d1, { pageIndex: 9, widthPx: 480 }) },
  'version-conflict': {
    call: async ({ client, archive }) => {
      const source = await client.documents.openBytes(pdf);
      archive.override = () => new Response('another file', { headers: { etag: '"other"' } });
      return source.read({ start: 0, end: 4 });
    },
  },
  'validation-failed': { fault: status(422) },
  'search-filter-dropped': {
    options: { dropFilter: 'status' },
    call: ({ client }) => collect(client.records.search({})),
  },
  'capability-missing': {
    options: { pageService: false },
    call: ({ client }) => client.documents.pageText(d1, { pageIndex: 0 }),
  },
  'integrity-mismatch': { call: ({ client }) => client.documents.bytes(pdf, { digest: 'a'.repeat(64) }) },
  'document-empty': {
    call: ({ client, archive }) => {
      archive.override = () => new Response(null);
      return client.documents.bytes(pdf);
    },
  },
  'image-malformed': {
    call: ({ client, archive }) => {
      archive.override = () => new Response(null, { headers: { 'content-type': 'image/jpeg' } });
      return client.documents.pageImage(d1, { pageIndex: 0, widthPx: 480 });
    },
  },
  'client-closed': {
    call: ({ client }) => {
      client.close();
      return client.records.open('r1');
    },
  },
  'invalid-argument': { call: ({ client }) => client.documents.pageText(d1, { pageIndex: -1 }) },
};

for (const [code, { options, fault, call }] of Object.entries(cases)) {
  test(`the client raises ${code}`, async () => {
    const clock = new ManualClock();
    const archive = createFakeArchive(options);
    const faults = createFaultyTransport(archive.transport, { clock });
    const client = createArchiveClient({ baseUrl: BASE, transport: faults.transport, clock, random: () => 0 });
    faults.always(fault);
    const world = { client, faults, archive };
    const error = await clock.settle(failure((call ?? (() => client.records.open('r1')))(world)));
    assert.equal(error.code, code);
    assert.equal(error.retryable, errorCodes[code as BaseErrorCode].retryable);
  });
}

test('every code of the table is provoked here or belongs to another part', () => {
  const missing = Object.keys(errorCodes).filter((code) => !Object.keys(cases).includes(code));
  // Page sources, elements and stores raise the others, and their tests provoke them (scripts/check-errors.mjs). Parts that join later bring their own codes and their own table; the client's families are complete here.
  const ours = missing.filter((code) => /^(network|protocol|auth|record|search|server|version)-/.test(code));
  assert.deepEqual(ours, []);
});

test('no error of the client repeats what the archive said or what was asked', async () => {
  const canary = '李四-CANARY-99010119900101001X';
  for (const answer of [
    () =>
      json({ resourceType: 'OperationOutcome', issue: [{ code: 'invalid', diagnostics: canary }] }, { status: 400 }),
    () => new Response(`<html>${canary}</html>`, { headers: { 'content-type': 'text/html' } }),
    () => new Response(`{"broken": "${canary}`, { headers: { 'content-type': 'application/json' } }),
    () => json({ resourceType: canary }),
    () => Promise.reject(new TypeError(`cannot load ${canary}`)),
  ]) {
    const clock = new ManualClock();
    const archive = createFakeArchive();
    archive.override = answer;
    const told: unknown[] = [];
    const client = createArchiveClient({
      baseUrl: BASE,
      transport: archive.transport,
      clock,
      telemetry: (event) => told.push(event),
      onWarning: (warning) => told.push(warning),
    });
    const error = await clock.settle(failure(collect(client.records.search({ name: canary }))));
    const words = [
      error.message,
      JSON.stringify(error),
      String(error.stack),
      JSON.stringify(told),
      String(error.cause),
    ];
    assert.ok(words.every((text) => !text.includes('CANARY')));
  }
});

test('AnjuanError: recognised across copies, wraps foreign values, says nothing but safe facts', () => {
  const error = new AnjuanError('network-throttled', {
    requestId: 'q',
    details: { status: 429 },
    cause: new Error('secret'),
  });
  assert.ok(AnjuanError.is({ name: 'AnjuanError', code: 'aborted' }, 'aborted'));
  assert.ok(!AnjuanError.is({ name: 'AnjuanError', code: 'toString' }) && !AnjuanError.is(null));
  assert.equal(AnjuanError.from(error), error);
  assert.equal(AnjuanError.from(new Error('x')).code, 'unexpected');
  assert.equal(AnjuanError.from(new DOMException('x', 'AbortError')).code, 'aborted');
  assert.equal(error.messageKey, 'errors.network-throttled');
  assert.deepEqual(JSON.parse(JSON.stringify(error)), {
    name: 'AnjuanError',
    code: 'network-throttled',
    retryable: true,
    requestId: 'q',
    details: { status: 429 },
  });
});
