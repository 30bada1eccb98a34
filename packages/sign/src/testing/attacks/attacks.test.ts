import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { handlerFetch, openTestPki, pkiHandler, type TestPki } from '../../../../../fixtures/src/pki/index.js';
import { attackCases } from './attack-cases.js';
import { benignCases } from './benign-cases.js';
import { openForge } from './forge.js';
import { runAttacks, type AttackRun } from './index.js';

let pki: TestPki;
const open = (): typeof fetch => handlerFetch(pkiHandler(pki));
before(async () => {
  pki = await openTestPki();
});
after(() => pki.close());

const told = ({ disagreements }: AttackRun): string =>
  disagreements.map(({ id, indication, reasons }) => `${id}: ${indication} ${reasons.join(', ')}`).join('\n');

describe('attacks on signed documents', () => {
  it('are made in enough variants, of every class', () => {
    const forge = openForge(pki, open());
    const cases = attackCases(forge, 1);
    assert.ok(new Set(cases.map(({ trick }) => trick)).size >= 300);
    assert.equal(new Set(cases.map(({ id }) => id)).size, cases.length);
    assert.equal(new Set(cases.map((one) => one.class)).size, 17);
    assert.ok(benignCases(forge).length >= 240);
  });

  it('fail, each for a reason that is named; honest documents pass', async () => {
    const run = await runAttacks({ seed: 7, count: 60, benignCount: 10, spread: 1, pki, fetch: open() });
    assert.equal(told(run), '');
    assert.deepEqual([run.attacksTried, run.attacksRejected], [60, 60]);
    assert.deepEqual([run.benignTried, run.benignAccepted], [10, 10]);
  });

  it('are the same for the same seed', async () => {
    const ids = async (seed: number): Promise<string[]> => {
      const found: string[] = [];
      const onOutcome = ({ id }: { readonly id: string }): void => void found.push(id);
      await runAttacks({ seed, count: 4, benignCount: 0, pki, fetch: open(), onOutcome });
      return found;
    };
    assert.deepEqual(await ids(3), await ids(3));
    assert.notDeepEqual(await ids(3), await ids(4));
  });
});
