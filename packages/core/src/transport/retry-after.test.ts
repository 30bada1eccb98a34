import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MAX_RETRY_AFTER_MS, parseRetryAfter, retryAfterOf } from './retry-after.js';

const NOW = Date.UTC(2026, 0, 5, 8);

test('seconds and HTTP dates become milliseconds from now', () => {
  assert.equal(parseRetryAfter('0', NOW), 0);
  assert.equal(parseRetryAfter(' 120 ', NOW), 120_000);
  assert.equal(parseRetryAfter('Mon, 05 Jan 2026 08:00:30 GMT', NOW), 30_000);
  assert.equal(parseRetryAfter('Mon, 05 Jan 2026 07:00:00 GMT', NOW), 0);
});

test('an absurd wait is capped, nonsense is ignored', () => {
  assert.equal(parseRetryAfter('99999999999999999999', NOW), MAX_RETRY_AFTER_MS);
  for (const text of [null, '', '-5', '1.5', '5s', 'soon', 'Mon, 99 Foo', '0x10']) {
    assert.equal(parseRetryAfter(text, NOW), undefined, String(text));
  }
});

test('any text gives a wait within bounds or none', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
      ),
      (text) => {
        const ms = parseRetryAfter(text, NOW);
        assert.ok(ms === undefined || (ms >= 0 && ms <= MAX_RETRY_AFTER_MS));
      },
    ),
  );
});

test('a date made from a wait gives the wait back, to the second', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3600 }), (seconds) => {
      const date = new Date(NOW + seconds * 1000).toUTCString();
      assert.equal(parseRetryAfter(date, NOW), seconds * 1000);
      assert.equal(parseRetryAfter(String(seconds), NOW), seconds * 1000);
    }),
  );
});

test('the draft RateLimit header speaks where Retry-After is silent', () => {
  assert.equal(retryAfterOf(new Headers({ ratelimit: '"fhirInteractions";r=0;t=30' }), NOW), 30_000);
  assert.equal(retryAfterOf(new Headers({ ratelimit: 'limit=100, remaining=0, reset=7' }), NOW), 7_000);
  assert.equal(retryAfterOf(new Headers({ ratelimit: 't=30', 'retry-after': '2' }), NOW), 2_000);
  assert.equal(retryAfterOf(new Headers(), NOW), undefined);
});
