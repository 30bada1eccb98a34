import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { stringAt } from '../fhir/json.js';
import { SqliteStore } from '../store/sqlite/sqlite-store.js';
import { system } from '../testing/people.js';
import { admit, heartStay } from '../testing/sample-hospital.js';
import { TestArchive, type TestUser } from '../testing/test-archive.js';
import { CursorSigner } from './cursor.js';

describe('a search of many alternatives', () => {
  let dir = '';
  let store: SqliteStore;
  let go: TestUser;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'anjuan-limits-'));
    store = await SqliteStore.open({ path: join(dir, 'archive.sqlite') });
    const archive = new TestArchive({ store });
    await admit(archive, heartStay);
    go = archive.as(system);
  });
  after(async () => {
    await store.close();
    await rm(dir, { recursive: true });
  });

  const ask = (form: string): ReturnType<TestUser> =>
    go('DocumentReference/_search', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form,
    });
  const many = (count: number): string => Array.from({ length: count }, (_, index) => `x${index}`).join(',');

  it('is answered as long as it is reasonable', async () => {
    assert.equal((await ask(`_id=heart-lab,${many(199)}`)).json['total'], 1);
    assert.equal(
      (await ask(`patient.name=林,${many(99)}&description=检验,${many(99)}&type=C0007,${many(99)}`)).json['total'],
      1,
    );
  });

  it('is refused, not failed, beyond that', async () => {
    for (const form of [`_id=${many(30_000)}`, `patient.name=${many(2000)}`, `description=${many(1200)}`]) {
      const answer = await ask(form);
      assert.equal(answer.status, 400, form.slice(0, 20));
      assert.equal(stringAt(answer.json, 'issue.diagnostics'), 'The search asks for too many alternatives.');
    }
  });
});

describe('the secret of cursors', () => {
  it('is asked for again when it could not be read the first time', async () => {
    let tries = 0;
    const signer = new CursorSigner(() => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('disk busy')) : Promise.resolve(new Uint8Array(32));
    });
    const cursor = { tier: 0, keyMs: 1, row: 2 };
    await assert.rejects(signer.encode(cursor, 'q'));
    assert.deepEqual(await signer.decode(await signer.encode(cursor, 'q'), 'q'), cursor);
    assert.equal(tries, 2);
  });
});
