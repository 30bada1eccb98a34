import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { stringAt } from '../fhir/json.js';
import { auditor, neurologist, system, user } from '../testing/people.js';
import { admit, brainStay, heartStay } from '../testing/sample-hospital.js';
import { TestArchive, type TestAnswer } from '../testing/test-archive.js';
import { parseRange } from './byte-range.js';

const bytes = new TextEncoder().encode('0123456789');
const pdf = { 'content-type': 'application/pdf' };

async function stored(): Promise<{
  archive: TestArchive;
  read: (headers?: Record<string, string>) => Promise<TestAnswer>;
}> {
  const archive = new TestArchive();
  const go = archive.as(system);
  const created = await go('Binary', { body: bytes, headers: pdf });
  assert.equal(created.status, 201);
  const id = stringAt(created.json, 'id') ?? '';
  return { archive, read: (headers = {}) => go(`Binary/${id}`, { headers }) };
}

describe('bytes', () => {
  it('are served raw, whole, with a strong tag and safe headers', async () => {
    const { read } = await stored();
    const answer = await read();
    assert.deepEqual([answer.status, answer.text], [200, '0123456789']);
    assert.equal(answer.headers.get('content-type'), 'application/pdf');
    assert.equal(answer.headers.get('content-length'), '10');
    assert.equal(answer.headers.get('accept-ranges'), 'bytes');
    assert.match(answer.headers.get('etag') ?? '', /^"[0-9a-f]{64}"$/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.match(answer.headers.get('content-security-policy') ?? '', /sandbox/);
    const again = await read({ 'if-none-match': answer.headers.get('etag') ?? '' });
    assert.deepEqual([again.status, again.text], [304, '']);
  });

  it('are served in ranges', async () => {
    const { read } = await stored();
    const cases: [string, number, string, string | null][] = [
      ['bytes=0-0', 206, '0', 'bytes 0-0/10'],
      ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
      ['bytes=7-', 206, '789', 'bytes 7-9/10'],
      ['bytes=7-99', 206, '789', 'bytes 7-9/10'],
      ['bytes=-3', 206, '789', 'bytes 7-9/10'],
      ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
      ['bytes=4-2', 200, '0123456789', null],
      ['bytes=0-1,3-4', 200, '0123456789', null],
      ['pages=1-2', 200, '0123456789', null],
    ];
    for (const [range, status, text, contentRange] of cases) {
      const answer = await read({ range });
      assert.deepEqual(
        [answer.status, answer.text, answer.headers.get('content-range')],
        [status, text, contentRange],
        range,
      );
    }
    for (const range of ['bytes=10-', 'bytes=-0']) {
      const answer = await read({ range });
      assert.deepEqual([answer.status, answer.headers.get('content-range')], [416, 'bytes */10'], range);
      assert.equal(answer.json['resourceType'], 'OperationOutcome');
    }
  });

  it('a range of other bytes is never sent: If-Range', async () => {
    const { read } = await stored();
    const whole = await read();
    const etag = whole.headers.get('etag') ?? '';
    assert.equal((await read({ range: 'bytes=1-2', 'if-range': etag })).status, 206);
    assert.equal((await read({ range: 'bytes=1-2', 'if-range': '"other"' })).status, 200);
    assert.equal((await read({ range: 'bytes=1-2', 'if-range': `W/${etag}` })).status, 200);
    const date = whole.headers.get('last-modified') ?? '';
    assert.equal((await read({ range: 'bytes=1-2', 'if-range': date })).status, 206);
  });

  it('come as a resource when JSON is asked for', async () => {
    const { read } = await stored();
    const answer = await read({ accept: 'application/fhir+json' });
    assert.deepEqual(
      [stringAt(answer.json, 'data'), stringAt(answer.json, 'contentType')],
      [btoa('0123456789'), 'application/pdf'],
    );
  });

  it('are checked against the digest the sender declares', async () => {
    const archive = new TestArchive();
    const send = (digest: string): Promise<TestAnswer> =>
      archive.as(system)('Binary', { body: bytes, headers: { ...pdf, 'content-digest': digest } });
    const good = await crypto.subtle.digest('SHA-256', bytes);
    assert.equal((await send(`sha-256=:${btoa(String.fromCharCode(...new Uint8Array(good)))}:`)).status, 201);
    const answer = await send(`sha-256=:${btoa('0'.repeat(32))}:`);
    assert.deepEqual([answer.status, stringAt(answer.json, 'issue.details.coding.code')], [422, 'integrity-mismatch']);
  });

  it('of an upload are its sender’s alone until a document names them; then the document’s rules hold', async () => {
    const archive = new TestArchive();
    await admit(archive, heartStay, brainStay);
    const [mine, other] = [user('SCAN', { userId: 's1' }), user('SCAN', { userId: 's2' })];
    const created = await archive.as(mine)('Binary', { body: bytes, headers: pdf });
    assert.equal(created.status, 201);
    const id = /Binary\/([^/]+)/.exec(created.headers.get('location') ?? '')?.[1] ?? '';
    assert.equal((await archive.as(mine)(`Binary/${id}`)).status, 200);
    assert.equal((await archive.as(other)(`Binary/${id}`)).status, 404);
    assert.equal((await archive.as(neurologist)('Binary/bin-brain-note')).text, 'bytes of brain-note');
    assert.equal((await archive.as(neurologist)('Binary/bin-heart-lab')).status, 403);
    assert.equal((await archive.as(neurologist)('Binary/bin-heart-hiv')).status, 404);
    assert.equal((await archive.as(auditor)('Binary/bin-heart-lab')).status, 404);
  });

  it('uploaded markup is a download, never a page', async () => {
    const archive = new TestArchive();
    const go = archive.as(system);
    const html = { body: new TextEncoder().encode('<script>'), headers: { 'content-type': 'text/html' } };
    const created = await go('Binary', html);
    const answer = await go(`Binary/${stringAt(created.json, 'id') ?? ''}`);
    assert.equal(answer.headers.get('content-disposition'), 'attachment');
    const odd = await go('Binary', { body: bytes, headers: { 'content-type': 'text/html<x>' } });
    assert.equal(odd.status, 400);
  });
});

describe('range header', () => {
  it('any text gives a part inside the bytes, the whole or a refusal', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^bytes=\d{0,20}-\d{0,20}$/)),
        fc.nat(1000),
        (header, size) => {
          const answer = parseRange(header, size);
          if (answer.kind !== 'part') return;
          assert.ok(answer.start >= 0 && answer.start < answer.end && answer.end <= size);
        },
      ),
    );
  });
});
