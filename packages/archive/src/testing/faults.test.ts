import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixedUser } from '../auth/principal.js';
import { createArchive } from '../archive.js';
import { faultyStore, faultyTransport, type TransportFault } from './faults.js';
import { system } from './people.js';
import { TEST_BASE, TestArchive } from './test-archive.js';

const body = { resourceType: 'Practitioner', identifier: [{ system: 'urn:t', value: '1' }] };
const headers = { 'if-none-exist': 'identifier=urn:t|1' };

test('a write that fails before its commit leaves nothing; one that fails after it is met by the retry', async () => {
  const { store, fail } = faultyStore(new TestArchive().store);
  const go = new TestArchive({ store }).as(system);
  fail('before-commit');
  assert.equal((await go('Practitioner', { body, headers })).status, 500);
  assert.equal((await go('Practitioner')).json['total'], 0);
  fail('after-commit');
  assert.equal((await go('Practitioner', { body, headers })).status, 500);
  assert.equal((await go('Practitioner', { body, headers })).status, 200, 'the retry meets what was stored');
  assert.equal((await go('Practitioner')).json['total'], 1);
});

test('faults on the way look as they do on a network', async () => {
  const { store, blobs } = new TestArchive();
  const archive = createArchive({ store, blobs, auth: fixedUser(system) });
  const call = (fault: TransportFault): Promise<Response> =>
    faultyTransport(
      (request) => archive.handle(request),
      () => fault,
    )(new Request(`${TEST_BASE}/metadata`));
  await assert.rejects(call({ kind: 'drop-before' }), TypeError);
  await assert.rejects(call({ kind: 'drop-after' }), TypeError);
  const busy = await call({ kind: 'status', status: 429, retryAfterS: 3 });
  assert.deepEqual([busy.status, busy.headers.get('retry-after')], [429, '3']);
  assert.match(await (await call({ kind: 'html', status: 200 })).text(), /<!doctype/);
  await assert.rejects((await call({ kind: 'cut-body', afterBytes: 10 })).text());
  const wrong = await call({ kind: 'wrong-length' });
  assert.notEqual(Number(wrong.headers.get('content-length')), (await wrong.arrayBuffer()).byteLength);
  assert.equal((await call({ kind: 'delay', delayMs: 1 })).status, 200);
});
