import { AnjuanError } from '@anjuan/core';
import type { Store } from '../store/store.js';
import { codeOf, same, type ContractCase } from './contract.js';
import { sampleWrite } from './store-samples.js';

const key = { type: 'DocumentReference', id: 'a' } as const;

/** Markup, quotes, direction marks, a lone surrogate, control characters, 10 kB. */
export const hostileTexts: readonly string[] = [
  '<script>alert(1)</script>',
  `'; DROP TABLE resource; --`,
  '\u202Eabc\u202C \u2066x\u2069',
  '\uD800 lone',
  'zero\u0000byte \u001B[31m',
  '"\\%_*?[]{}$`',
  '𠮷野家 𡈽',
  '长'.repeat(10_000),
];

export const storeWriteCases: readonly ContractCase<Store>[] = [
  {
    name: 'what was put is read back, with version and time filled in',
    async run(store) {
      await store.transaction((tx) => tx.put(sampleWrite('a', { content: { note: 'x' } })));
      const found = await store.read(key);
      same(found?.resource['note'], 'x', 'content');
      same(found?.resource.meta, { versionId: '1', lastUpdated: '2026-01-01T00:00:00.000Z' }, 'meta');
      same(await store.read({ ...key, id: 'b' }), undefined, 'unknown id');
      same(await store.read({ type: 'List', id: 'a' }), undefined, 'other type');
    },
  },
  {
    name: 'hostile text comes back unchanged',
    async run(store) {
      for (const [index, text] of hostileTexts.entries()) {
        const write = sampleWrite(`h${index}`, { content: { text }, terms: { name: [text.slice(0, 50)] } });
        await store.transaction((tx) => tx.put(write));
        same((await store.read({ ...key, id: `h${index}` }))?.resource['text'], text, `text ${index}`);
      }
    },
  },
  {
    name: 'versions count up, old ones stay readable, history is newest first',
    async run(store) {
      for (const [index, expected] of [null, '1', '2'].entries()) {
        const content = { note: `n${index + 1}` };
        await store.transaction((tx) => tx.put(sampleWrite('a', { expected, content })));
      }
      same((await store.read(key))?.versionId, '3', 'current');
      same((await store.vread(key, '2'))?.resource['note'], 'n2', 'vread');
      for (const odd of ['4', '0', '-1', '1.5', 'x', '']) same(await store.vread(key, odd), undefined, `vread ${odd}`);
      const ids = async (options: { limit: number; beforeVersionId?: string }): Promise<string[]> =>
        (await store.history(key, options)).map((version) => version.versionId);
      same(await ids({ limit: 2 }), ['3', '2'], 'history');
      same(await ids({ limit: 9, beforeVersionId: '2' }), ['1'], 'older history');
    },
  },
  {
    name: 'a removed resource is gone with its versions, index and bytes, unless the transaction fails',
    async run(store) {
      const sha256 = 'a'.repeat(64);
      const blob = { sha256, sizeBytes: 3 };
      const write = { ...sampleWrite('a', { terms: { name: ['lin'] } }), type: 'Binary' as const, blob };
      const binary = { type: 'Binary', id: 'a' } as const;
      await store.transaction((tx) => tx.put(write));
      const named = () => store.transaction((tx) => tx.namesBlob(sha256));
      const failing = store.transaction(async (tx) => {
        await tx.remove(binary);
        throw new AnjuanError('server-fault');
      });
      same(await codeOf(failing, 'failing removal'), 'server-fault', 'code');
      same([(await store.read(binary))?.versionId, await named()], ['1', true], 'still there');
      await store.transaction((tx) => tx.remove(binary));
      const where = { kind: 'term', param: 'name', values: ['lin'] } as const;
      const left = [
        await store.read(binary),
        await store.vread(binary, '1'),
        await named(),
        await store.count('Binary', where),
      ];
      same(left, [undefined, undefined, false, 0], 'gone');
      same((await store.transaction((tx) => tx.put(write))).versionId, '1', 'the id is free again');
    },
  },
  {
    name: 'a stale or missing expectation is a conflict and changes nothing',
    async run(store) {
      await store.transaction((tx) => tx.put(sampleWrite('a')));
      for (const expected of [null, '2', '9']) {
        const work = store.transaction((tx) => tx.put(sampleWrite('a', { expected })));
        same(await codeOf(work, `expected ${expected}`), 'version-conflict', 'code');
      }
      same((await store.read(key))?.versionId, '1', 'unchanged');
      const missing = store.transaction((tx) => tx.put(sampleWrite('b', { expected: '1' })));
      same(await codeOf(missing, 'update of nothing'), 'version-conflict', 'code');
    },
  },
  {
    name: 'of concurrent writers on one version exactly one wins',
    async run(store) {
      await store.transaction((tx) => tx.put(sampleWrite('a')));
      const attempts = Array.from({ length: 8 }, () =>
        store.transaction((tx) => tx.put(sampleWrite('a', { expected: '1' }))),
      );
      const results = await Promise.allSettled(attempts);
      same(results.filter((result) => result.status === 'fulfilled').length, 1, 'winners');
      same((await store.read(key))?.versionId, '2', 'version');
    },
  },
  {
    name: 'a transaction that throws leaves no trace: resources, index, sidecars',
    async run(store) {
      await store.transaction((tx) => tx.put(sampleWrite('a', { terms: { color: ['red'] } })));
      const failing = store.transaction(async (tx) => {
        await tx.put(sampleWrite('a', { expected: '1', terms: { color: ['blue'], fresh: ['x'] } }));
        await tx.put(sampleWrite('b', { terms: { color: ['red'] } }));
        await tx.putSidecar({ documentId: 'a', versionId: '1', kind: 'pages', body: { n: 1 } });
        throw new Error('stop');
      });
      await codeOf(failing, 'failing work');
      same((await store.read(key))?.versionId, '1', 'version');
      const count = (param: string, value: string): Promise<number> =>
        store.count('DocumentReference', { kind: 'term', param, values: [value] });
      same([await count('color', 'red'), await count('color', 'blue'), await count('fresh', 'x')], [1, 0, 0], 'index');
      same(await store.sidecar({ documentId: 'a', versionId: '1', kind: 'pages' }), undefined, 'sidecar');
      await store.transaction((tx) => tx.put(sampleWrite('c', { terms: { other: ['y'], fresh: ['x'] } })));
      same([await count('other', 'y'), await count('fresh', 'x'), await count('other', 'x')], [1, 1, 0], 'index after');
    },
  },
  {
    name: 'a transaction sees its own writes, others only committed ones',
    async run(store) {
      let seenOutside: unknown = 'nothing yet';
      let outside: Promise<void> = Promise.resolve();
      await store.transaction(async (tx) => {
        await tx.put(sampleWrite('a', { terms: { color: ['red'] } }));
        outside = store.read({ ...key, id: 'b' }).then((found) => {
          seenOutside = found?.versionId;
        });
        same((await tx.read(key))?.versionId, '1', 'own write');
        same(await tx.count('DocumentReference', { kind: 'term', param: 'color', values: ['red'] }), 1, 'own index');
        await tx.put(sampleWrite('b'));
      });
      await outside;
      same(seenOutside, '1', 'a read beside a transaction waits for its end');
    },
  },
  {
    name: 'an aborted call fails with aborted',
    async run(store) {
      const signal = AbortSignal.abort();
      same(await codeOf(store.read(key, { signal }), 'read'), 'aborted', 'read');
      const work = store.transaction((tx) => tx.put(sampleWrite('a')), { signal });
      same(await codeOf(work, 'transaction'), 'aborted', 'transaction');
      same(await store.read(key), undefined, 'nothing written');
    },
  },
  {
    name: 'sidecars belong to one version and kind, are replaced and dropped',
    async run(store) {
      const first = { documentId: 'a', versionId: '1', kind: 'pages' };
      const second = { documentId: 'a', versionId: '2', kind: 'pages' };
      await store.transaction(async (tx) => {
        await tx.putSidecar({ ...first, body: [1] });
        await tx.putSidecar({ ...second, body: [2] });
        await tx.putSidecar({ ...first, kind: 'text/0', body: 'hello' });
        await tx.putSidecar({ ...first, body: { again: true } });
      });
      same(await store.sidecar(first), { again: true }, 'replaced');
      const many = await store.sidecars('pages', [first, second, { documentId: 'z', versionId: '1' }]);
      same(many.map((entry) => entry.versionId).sort(), ['1', '2'], 'many');
      await store.transaction((tx) => tx.dropSidecars({ documentId: 'a', versionId: '1' }));
      same(await store.sidecar({ ...first, kind: 'text/0' }), undefined, 'dropped version');
      same(await store.sidecar(second), [2], 'kept version');
    },
  },
];
