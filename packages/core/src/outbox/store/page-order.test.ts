import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hidePage, insertPage, rearrange, showPage } from './page-order.js';
import type { StoredBatch } from './schema.js';

const empty: StoredBatch = {
  batchId: 'b',
  createdOn: 0,
  state: 'open',
  documents: [{ documentId: 'd1', pageIds: [] }],
  nextSeq: 1,
  revision: 0,
  orders: { d1: [] },
};

const filled = (...pageIds: string[]): StoredBatch => pageIds.reduce((batch, id) => insertPage(batch, id), empty);
const shown = (batch: StoredBatch): string => batch.documents.map(({ pageIds }) => pageIds.join('')).join('|');

test('pages removed and restored in any order stand where they stood', () => {
  const all = ['a', 'b', 'c', 'd', 'e'];
  fc.assert(
    fc.property(fc.shuffledSubarray(all), fc.infiniteStream(fc.nat()), (removed, seeds) => {
      const hidden = removed.reduce(hidePage, filled(...all));
      assert.equal(shown(hidden), all.filter((id) => !removed.includes(id)).join(''));
      const order = removed.map((id) => ({ id, at: seeds.next().value as number })).sort((a, b) => a.at - b.at);
      assert.equal(shown(order.reduce((batch, { id }) => showPage(batch, id), hidden)), 'abcde');
    }),
  );
});

test('a page goes to the index among the visible ones, past the end to the end, into a lost document to the last', () => {
  const batch = hidePage(filled('a', 'b', 'c'), 'a');
  assert.equal(shown(insertPage(batch, 'x', { index: 1 })), 'bxc');
  assert.equal(shown(insertPage(batch, 'x', { index: 9 })), 'bcx');
  assert.equal(shown(insertPage(batch, 'x', { documentId: 'gone', index: 0 })), 'bcx');
});

test('a retake stands in the place of the page it replaces, and undo brings the old one back there', () => {
  const batch = insertPage(filled('a', 'b', 'c'), 'x', { replaces: 'b' });
  assert.equal(shown(batch), 'axc');
  assert.equal(shown(showPage(hidePage(batch, 'x'), 'b')), 'abc');
});

test('rearranged documents keep the neighbours of removed pages', () => {
  const batch = hidePage(hidePage(filled('a', 'b', 'c', 'd'), 'b'), 'c');
  const split = rearrange(batch, [
    { documentId: 'd2', pageIds: ['d'] },
    { documentId: 'd1', pageIds: ['a'] },
  ]);
  assert.equal(shown(showPage(showPage(split, 'c'), 'b')), 'd|abc');
  const merged = rearrange(split, [{ documentId: 'd2', pageIds: ['d', 'a'] }]);
  assert.equal(shown(showPage(merged, 'b')), 'dab');
});

test('a removed page whose whole document vanished goes to the last document', () => {
  const two = rearrange(filled('a', 'b'), [
    { documentId: 'd1', pageIds: ['a'] },
    { documentId: 'd2', pageIds: ['b'] },
  ]);
  const one = rearrange(hidePage(two, 'a'), [{ documentId: 'd2', pageIds: ['b'] }]);
  assert.equal(shown(showPage(one, 'a')), 'ba');
});

test('a rearrangement that loses, doubles or invents a page is refused', () => {
  const batch = filled('a', 'b');
  for (const pageIds of [['a'], ['a', 'b', 'a'], ['a', 'x'], ['a', 'a']]) {
    assert.throws(() => rearrange(batch, [{ documentId: 'd1', pageIds }]), { code: 'invalid-argument' });
  }
});
