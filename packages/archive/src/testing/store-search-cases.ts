import type { Condition, SearchPlan, SearchPosition, SortOrder } from '../store/condition.js';
import type { Store } from '../store/store.js';
import { same, type ContractCase } from './contract.js';
import { sampleWrite, type SampleOptions } from './store-samples.js';

const type = 'DocumentReference';
const byMain: SortOrder = { by: 'main', param: 'period', descending: true };

async function fill(store: Store, entries: Readonly<Record<string, SampleOptions>>): Promise<void> {
  await store.transaction(async (tx) => {
    for (const [id, options] of Object.entries(entries)) await tx.put(sampleWrite(id, options));
  });
}

async function find(store: Store, where: Condition, sort: SortOrder = byMain): Promise<string[]> {
  const rows = await store.search({ type, where, sort, limit: 1000 });
  same(await store.count(type, where), rows.length, 'count agrees with search');
  return rows.map((row) => row.version.id);
}

async function sorted(store: Store, where: Condition): Promise<string> {
  return (await find(store, where)).sort().join(' ');
}

const term = (param: string, ...values: string[]): Condition => ({ kind: 'term', param, values });
const all = (...of: Condition[]): Condition => ({ kind: 'all', of });
const any = (...of: Condition[]): Condition => ({ kind: 'any', of });

const fruits: Readonly<Record<string, SampleOptions>> = {
  apple: { terms: { color: ['red', 'green'], patient: ['Patient/p1'] }, period: [100, 200], dateMs: 3 },
  pear: { terms: { color: ['green'], patient: ['Patient/p2'] }, period: [150, 151], labels: ['R'], dateMs: 1 },
  plum: { terms: { color: ['blue'], patient: ['Patient/p1'] }, period: [300, 400], dateMs: 2 },
  fig: { terms: { color: ['blue%'] } },
};

export const storeSearchCases: readonly ContractCase<Store>[] = [
  {
    name: 'terms, prefixes, negation and combinations select exactly',
    async run(store) {
      await fill(store, fruits);
      same(await sorted(store, all()), 'apple fig pear plum', 'everything');
      same(await sorted(store, any()), '', 'nothing');
      same(await sorted(store, term('color', 'green')), 'apple pear', 'term');
      same(await sorted(store, term('color', 'green', 'blue')), 'apple pear plum', 'either value');
      same(await sorted(store, term('color')), '', 'no value');
      same(await sorted(store, term('smell', 'green')), '', 'unknown index');
      same(await sorted(store, { kind: 'prefix', param: 'color', value: 'b' }), 'fig plum', 'prefix');
      same(await sorted(store, { kind: 'prefix', param: 'color', value: 'blue%' }), 'fig', 'prefix is literal');
      same(await sorted(store, all(term('color', 'green'), term('color', 'red'))), 'apple', 'both');
      same(await sorted(store, { kind: 'not', of: term('color', 'green') }), 'fig plum', 'not');
      same(await sorted(store, { kind: 'id', ids: ['fig', 'plum', 'x'] }), 'fig plum', 'ids');
      same(await sorted(store, all({ kind: 'id', ids: ['fig'] }, term('color', 'red'))), '', 'id and term');
      const normal: Condition = { kind: 'access-class', classes: ['clinical|archived|N'] };
      same(await sorted(store, normal), 'apple fig plum', 'access class');
      same([...(await store.accessClasses(type))].sort(), ['clinical|archived|N', 'clinical|archived|R'], 'classes');
    },
  },
  {
    name: 'periods overlap or lie within, ends exclusive',
    async run(store) {
      await fill(store, fruits);
      const overlap = (fromMs?: number, toMs?: number): Condition => ({
        kind: 'overlap',
        param: 'period',
        ...(fromMs !== undefined && { fromMs }),
        ...(toMs !== undefined && { toMs }),
      });
      same(await sorted(store, overlap(200, 300)), '', 'touching is not overlapping');
      same(await sorted(store, overlap(199, 301)), 'apple plum', 'one unit in');
      same(await sorted(store, overlap(undefined, 101)), 'apple', 'open start');
      same(await sorted(store, overlap(151)), 'apple plum', 'open end');
      same(await sorted(store, { kind: 'within', param: 'period', fromMs: 100, toMs: 200 }), 'apple pear', 'within');
      same(await sorted(store, { kind: 'within', param: 'period', fromMs: 101, toMs: 400 }), 'pear plum', 'within');
    },
  },
  {
    name: 'chains go through a reference to a resource that satisfies the inner filter',
    async run(store) {
      await fill(store, fruits);
      await fill(store, {
        p1: { type: 'Patient', terms: { name: ['林一', '一'] } },
        p2: { type: 'Patient', terms: { name: ['陈二'] } },
      });
      const chain = (where: Condition): Condition => ({ kind: 'chain', param: 'patient', target: 'Patient', where });
      same(await sorted(store, chain({ kind: 'prefix', param: 'name', value: '一' })), 'apple plum', 'prefix');
      same(await sorted(store, chain(term('name', '陈二'))), 'pear', 'term');
      same(await sorted(store, chain(all())), 'apple pear plum', 'any patient');
      same(await sorted(store, all(chain(term('name', '林一')), term('color', 'blue'))), 'plum', 'with a filter');
      same(await sorted(store, { ...chain(all()), target: 'Practitioner' } as Condition), '', 'other target');
    },
  },
  {
    name: 'orders ascend and descend; a missing date is last when descending',
    async run(store) {
      await fill(store, fruits);
      same(await find(store, all()), ['plum', 'pear', 'apple', 'fig'], 'main descending');
      same(await find(store, all(), { ...byMain, descending: false }), ['fig', 'apple', 'pear', 'plum'], 'ascending');
      const byDate: SortOrder = { by: 'key', param: 'date', descending: true };
      same(await find(store, all(), byDate), ['apple', 'plum', 'pear', 'fig'], 'by key');
      same(await find(store, term('color', 'green'), byDate), ['apple', 'pear'], 'by key with a filter');
      const updated: SortOrder = { by: 'last-updated', descending: false };
      same(await find(store, all(), updated), ['apple', 'pear', 'plum', 'fig'], 'ties by row');
    },
  },
  {
    name: 'a new version or a reindex replaces the index',
    async run(store) {
      await fill(store, fruits);
      await fill(store, { fig: { expected: '1', terms: { color: ['black'] }, period: [500, 501] } });
      same(await sorted(store, { kind: 'prefix', param: 'color', value: 'b' }), 'fig plum', 'after put');
      same(await sorted(store, term('color', 'blue%')), '', 'old term is gone');
      same((await find(store, all()))[0], 'fig', 'new order');
      const { access, index } = sampleWrite('fig', { terms: { color: ['white'] }, labels: ['V'] });
      await store.transaction((tx) => tx.reindex({ type, id: 'fig' }, { access, index }));
      same(await sorted(store, term('color', 'white')), 'fig', 'after reindex');
      const found = await store.read({ type, id: 'fig' });
      same([found?.versionId, found?.access.labels], ['2', ['V']], 'no new version, new access');
    },
  },
  {
    name: 'keyset pages meet every row once, in every order and with every driver',
    async run(store) {
      await store.transaction(async (tx) => {
        for (let n = 0; n < 950; n += 1) {
          const terms = { parity: [n % 2 ? 'odd' : 'even'], rare: n % 50 === 0 ? ['yes'] : [], all: ['x', `n${n}`] };
          const start = (n * 37) % 20;
          await tx.put(sampleWrite(`r${n}`, { terms, period: [start, start + 1], dateMs: (n * 13) % 7 }));
        }
      });
      const orders: SortOrder[] = [
        byMain,
        { ...byMain, descending: false },
        { by: 'key', param: 'date', descending: true },
      ];
      orders.push({ by: 'last-updated', descending: true });
      const wheres: [Condition, number][] = [
        [all(), 950],
        [term('parity', 'odd'), 475],
        [all(term('parity', 'even'), term('rare', 'yes')), 19],
        [{ kind: 'prefix', param: 'all', value: 'n' }, 950],
        [all(term('all', 'x'), { kind: 'overlap', param: 'period', fromMs: 3, toMs: 6 }), 142],
      ];
      for (const sort of orders) {
        for (const [where, expected] of wheres) {
          same(await walk(store, { type, where, sort, limit: 97 }), expected, JSON.stringify({ sort, where }));
          same(await store.count(type, where, { atMost: 10 }), Math.min(10, expected), 'capped count');
        }
      }
    },
  },
];

/** Follows the pages; fails on a row seen twice or out of order. Returns how many there were. */
async function walk(store: Store, plan: SearchPlan): Promise<number> {
  const seen = new Set<string>();
  let after: SearchPosition | undefined;
  for (;;) {
    const rows = await store.search({ ...plan, ...(after && { after }) });
    for (const row of rows) {
      if (seen.has(row.version.id)) throw new Error('a row came twice');
      seen.add(row.version.id);
      if (after) {
        const step = row.position.keyMs - after.keyMs || row.position.row - after.row;
        if (plan.sort.descending ? step >= 0 : step <= 0) throw new Error('a row came out of order');
      }
      after = row.position;
    }
    if (rows.length < plan.limit) return seen.size;
  }
}
