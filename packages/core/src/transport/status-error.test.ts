import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AnjuanError } from '../errors/anjuan-error.js';
import { errorCodes, type ErrorCode } from '../errors/codes.js';
import { codeSystems } from '../model/fhir-names.js';
import type { CallSubject, Reply } from './call.js';
import { readOutcome } from './operation-outcome.js';
import { errorOfReply } from './status-error.js';

function replyOf(status: number, body = '', headers: Record<string, string> = {}): Reply {
  const bytes = new TextEncoder().encode(body);
  return { status, headers: new Headers(headers), chunks: [bytes], sizeBytes: bytes.length, requestId: 'q1' };
}

function outcome(...codings: unknown[]): string {
  return JSON.stringify({
    resourceType: 'OperationOutcome',
    issue: [{ code: 'processing', diagnostics: 'Zhang San 110', details: { coding: codings } }],
  });
}

function codeOf(reply: Reply, subject: CallSubject = 'record'): ErrorCode {
  return errorOfReply(reply, { subject, nowMs: 0 }).code;
}

test('our own code in the outcome decides before the status', () => {
  const body = outcome({ system: 'other', code: 'server-fault' }, { system: codeSystems.error, code: 'record-sealed' });
  const error = errorOfReply(replyOf(403, body), { subject: 'record', nowMs: 0 });
  assert.equal(error.code, 'record-sealed');
  assert.equal(error.requestId, 'q1');
  assert.deepEqual(error.details, { status: 403, issueType: 'processing' });
});

test('a code we do not know, or one of the prototype, falls back to the status', () => {
  for (const code of ['made-up', 'constructor', '__proto__', 7, null]) {
    assert.equal(codeOf(replyOf(404, outcome({ system: codeSystems.error, code }))), 'record-not-found');
  }
});

test('every status has its code, by what the call was about', () => {
  const expected: [number, CallSubject, ErrorCode][] = [
    [400, 'record', 'protocol-invalid'],
    [401, 'record', 'auth-required'],
    [403, 'record', 'record-forbidden'],
    [403, 'document', 'document-locked'],
    [403, 'page', 'document-locked'],
    [404, 'record', 'record-not-found'],
    [404, 'document', 'document-not-found'],
    [404, 'page', 'page-not-found'],
    [404, 'search', 'protocol-invalid'],
    [404, 'service', 'protocol-not-fhir'],
    [410, 'document', 'document-not-found'],
    [405, 'record', 'protocol-invalid'],
    [406, 'record', 'protocol-invalid'],
    [409, 'record', 'version-conflict'],
    [412, 'record', 'version-conflict'],
    [415, 'record', 'protocol-invalid'],
    [418, 'record', 'protocol-invalid'],
    [422, 'record', 'validation-failed'],
    [429, 'record', 'network-throttled'],
    [500, 'record', 'server-fault'],
    [501, 'record', 'capability-missing'],
    [502, 'record', 'network-unavailable'],
    [503, 'record', 'network-unavailable'],
    [504, 'record', 'network-unavailable'],
    [599, 'record', 'server-fault'],
  ];
  for (const [status, subject, code] of expected)
    assert.equal(codeOf(replyOf(status), subject), code, `${status} ${subject}`);
});

test('an expired token is told from a wrong one', () => {
  const expired = { 'www-authenticate': 'Bearer error="invalid_token", error_description="The token expired"' };
  assert.equal(codeOf(replyOf(401, '', expired)), 'auth-expired');
  assert.equal(codeOf(replyOf(401, '', { 'www-authenticate': 'Bearer error="invalid_token"' })), 'auth-required');
  const body = JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ code: 'expired' }] });
  assert.equal(codeOf(replyOf(401, body)), 'auth-expired');
});

test('a 404 in HTML is the word of a proxy, not of the archive', () => {
  assert.equal(codeOf(replyOf(404, '<html>', { 'content-type': 'text/html' })), 'protocol-not-fhir');
  assert.equal(codeOf(replyOf(503, '<html>', { 'content-type': 'text/html' })), 'network-unavailable');
});

test('a body of any JSON, HTML or bytes gives a known code and never leaks a word of itself', () => {
  const canary = '张三-CANARY-990101';
  const hostile = fc.oneof(
    fc.json(),
    fc.string().map((inside) => `<html>${inside}</html>`),
    fc.jsonValue().map((issue) => JSON.stringify({ resourceType: 'OperationOutcome', issue })),
    fc
      .jsonValue()
      .map((details) => JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ details, code: canary }] })),
    fc.jsonValue().map((coding) => outcome(coding, { system: codeSystems.error, code: canary })),
  );
  fc.assert(
    fc.property(hostile, fc.integer({ min: 400, max: 599 }), (body, status) => {
      const error = errorOfReply(replyOf(status, `${body}`), { subject: 'page', nowMs: 0 });
      assert.ok(AnjuanError.is(error) && Object.hasOwn(errorCodes, error.code));
      assert.ok(!JSON.stringify(error).includes(canary) && !error.message.includes(canary));
      assert.doesNotThrow(() => readOutcome(body + canary));
    }),
  );
});
