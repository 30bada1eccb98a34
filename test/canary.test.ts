// Law 7 for the client: a made-up patient's strings must appear in no message, log, metric, warning or cache key.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test, mock } from 'node:test';
import { inspect } from 'node:util';
import { AnjuanError, createArchiveClient, type ArchiveClient } from '@anjuan/core';
import { canary, leaks, type Sink } from './support/canary.js';
import { canaryArchive, canaryRecordId } from './support/canary-archive.js';

const methods = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;

describe('law 7: the client keeps patient data out of everything but its results', () => {
  let sinks: Sink[] = [];
  let client: ArchiveClient;
  let archive: ReturnType<typeof canaryArchive>;

  beforeEach(() => {
    sinks = [];
    for (const name of methods) {
      mock.method(console, name, (...args: unknown[]) =>
        sinks.push({ where: `console.${name}`, text: args.map((arg) => inspect(arg, { depth: 8 })).join(' ') }),
      );
    }
    archive = canaryArchive({ image: () => new Blob(['not a picture']) });
    client = createArchiveClient({
      baseUrl: 'https://archive.test/fhir',
      transport: archive.transport,
      getToken: () => 'token',
      telemetry: (event) => sinks.push({ where: 'telemetry', text: JSON.stringify(event) }),
      onWarning: (warning) => sinks.push({ where: 'warning', text: JSON.stringify(warning) }),
    });
  });
  afterEach(() => {
    client.close();
    mock.restoreAll();
  });

  function keep(where: string, error: unknown): void {
    assert.ok(AnjuanError.is(error), 'only AnjuanErrors leave the client');
    const { message, requestId, stack } = error;
    const text = JSON.stringify([error.toJSON(), message, requestId, stack, error.details]);
    sinks.push({ where, text }, { where: `${where}, printed`, text: inspect(error, { depth: 8 }) });
  }

  test('reading a record says nothing of it', async () => {
    const manifest = await client.records.open(canaryRecordId);
    assert.equal(manifest.summary.patientName, canary.name, 'the canary went through the client');
    const [document] = manifest.documents;
    assert.ok(document);
    await client.documents.pageText(document, { pageIndex: 0 });
    assert.ok(sinks.length > 0, 'telemetry was heard');
    assert.deepEqual(leaks(sinks), []);
  });

  for (const status of [400, 401, 403, 404, 409, 422, 500]) {
    test(`an answer ${status} that quotes the patient ends in an error that does not`, async () => {
      archive.fail(status);
      const quick = AbortSignal.timeout(15_000);
      await assert.rejects(client.records.open(canaryRecordId, { signal: quick }), (error) => {
        keep(`error of ${status}`, error);
        return true;
      });
      assert.deepEqual(leaks(sinks), []);
    });
  }

  test('a search by name says nothing of the name when it fails', async () => {
    archive.fail(400);
    const search = client.records.search({ text: canary.name, recordNumber: canary.recordNumber });
    await assert.rejects(search[Symbol.asyncIterator]().next(), (error) => {
      keep('failed search', error);
      return true;
    });
    assert.deepEqual(leaks(sinks), []);
  });

  test('ids that are no ids are refused without being quoted', async () => {
    await assert.rejects(client.records.open(`${canary.name}/../x`), (error) => {
      keep('refused id', error);
      return true;
    });
    assert.deepEqual(leaks(sinks), []);
  });
});
