import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isObject } from '../fhir/json.js';
import { resourceTypes } from '../fhir/resource.js';
import { system } from '../testing/people.js';
import { admit, heartStay, sampleDocument } from '../testing/sample-hospital.js';
import { TestArchive } from '../testing/test-archive.js';
import { CursorSigner } from './cursor.js';
import { dateCondition } from './date-condition.js';
import { parseDate } from './date-range.js';
import { fold } from './fold.js';
import { wordTerms } from './name-terms.js';
import { alternatives, parseToken, plainValue } from './query-values.js';
import { tokenTerm } from './token-terms.js';

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('林一辰', 'a|b', 'a\\,b', '%', ''));

describe('parsers of search', () => {
  it('escaped values come back, separators split', () => {
    const escape = (value: string): string => value.replace(/[\\,|$]/g, (character) => `\\${character}`);
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }), (values) => {
        assert.deepEqual(alternatives(values.map(escape).join(',')).map(plainValue), values);
      }),
    );
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (systemName, code) => {
        assert.deepEqual(parseToken(`${escape(systemName)}|${escape(code)}`), { system: systemName, code });
      }),
    );
  });

  it('two tokens have one term only when they are alike', () => {
    const part = fc.stringMatching(/^[a-z|]{0,4}$/);
    fc.assert(
      fc.property(part, part, part, part, (a, b, c, d) => {
        const same = tokenTerm({ system: a, code: b }) === tokenTerm({ system: c, code: d });
        assert.equal(same, a === c && b === d);
      }),
    );
  });

  it('a date covers itself at every precision, and only what is a date is one', () => {
    const instant = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, fc.constantFrom(4, 7, 10), (when, length) => {
        // The hospital's day, eight hours ahead of UTC.
        const local = new Date(when.getTime() + 8 * 3_600_000).toISOString().slice(0, length);
        const range = parseDate(local);
        assert.ok(range && range.fromMs <= when.getTime() && when.getTime() < range.toMs, local);
      }),
    );
    fc.assert(
      fc.property(text, (value) => {
        const range = parseDate(value);
        assert.ok(range === undefined || range.fromMs < range.toMs);
      }),
    );
  });

  it('the date prefixes agree with each other on every instant', () => {
    const holds = (prefix: string, value: string, at: number): boolean => {
      const condition = dateCondition('d', `${prefix}${value}`, new Date(0));
      const inner = condition?.kind === 'not' ? condition.of : condition;
      assert.ok(inner?.kind === 'overlap' || inner?.kind === 'within');
      const result = at >= (inner.fromMs ?? -Infinity) && at < (inner.toMs ?? Infinity);
      return condition?.kind === 'not' ? !result : result;
    };
    const day = fc.integer({ min: 0, max: 20_000 }).map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 20_000 * 86_400_000 }), (value, at) => {
        const [lt, eq, gt] = ['lt', 'eq', 'gt'].map((prefix) => holds(prefix, value, at));
        assert.equal([lt, eq, gt].filter(Boolean).length, 1, 'before, on or after');
        assert.equal(holds('le', value, at), lt || eq);
        assert.equal(holds('ge', value, at), gt || eq);
        assert.equal(holds('ne', value, at), !eq);
        assert.equal(holds('sa', value, at), gt);
        assert.equal(holds('eb', value, at), lt);
      }),
    );
  });

  it('folding is stable, and any part of a Chinese name finds it', () => {
    fc.assert(
      fc.property(text, (value) => {
        assert.equal(fold(fold(value)), fold(value));
      }),
    );
    const han = fc.array(fc.integer({ min: 0x4e00, max: 0x9fa5 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(han, fc.nat(5), fc.nat(5), (codes, start, length) => {
        const name = String.fromCodePoint(...codes);
        const part = fold(name).slice(start, start + length + 1);
        if (part === '') return;
        assert.ok(wordTerms(name).some((term) => term.startsWith(part)));
      }),
    );
  });

  it('a cursor is accepted only as it was issued, for its query', async () => {
    const signer = new CursorSigner(() => Promise.resolve(new Uint8Array(32).fill(7)));
    const cursor = fc.record({ tier: fc.nat(1), keyMs: fc.maxSafeInteger(), row: fc.nat() });
    await fc.assert(
      fc.asyncProperty(cursor, text, async (value, query) => {
        const encoded = await signer.encode(value, query);
        assert.deepEqual(await signer.decode(encoded, query), { ...value });
        await assert.rejects(signer.decode(encoded, `${query}x`));
      }),
      { numRuns: 50 },
    );
    await fc.assert(
      fc.asyncProperty(text, (value) => assert.rejects(signer.decode(value, 'q'))),
      { numRuns: 50 },
    );
  });
});

describe('the archive under random requests', () => {
  it('answers any search with a bundle or an OperationOutcome', async () => {
    const archive = new TestArchive();
    await admit(archive, heartStay);
    const go = archive.as(system);
    const name = fc.oneof(
      fc.constantFrom(
        'type',
        'date',
        'patient',
        'patient.name',
        'identifier',
        '_content',
        '_id',
        '_sort',
        '_count',
        '_include',
      ),
      fc.constantFrom(
        '_revinclude',
        '_cursor',
        '_elements',
        'type:text',
        'description',
        'period',
        '_lastUpdated',
        'author',
      ),
      text,
    );
    const query = fc.array(fc.tuple(name, text), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...resourceTypes), query, fc.boolean(), async (type, parameters, isStrict) => {
        const search = new URLSearchParams(parameters);
        const headers = isStrict ? { prefer: 'handling=strict' } : {};
        const answer = await go(`${type}?${search.toString()}`, { headers });
        const expected = answer.status === 200 ? 'Bundle' : 'OperationOutcome';
        assert.equal(answer.json['resourceType'], expected, answer.text);
        assert.ok(answer.status < 500, answer.text);
      }),
      { numRuns: 300 },
    );
  });

  it('answers any JSON body without a crash, and stores what it accepts', async () => {
    const archive = new TestArchive();
    await admit(archive, heartStay);
    const go = archive.as(system);
    const valid = sampleDocument(heartStay, { id: 'x' });
    const field = fc.constantFrom(
      ...Object.keys(valid),
      'name',
      'entry',
      'meta',
      'extension',
      '__proto__',
      'constructor',
    );
    const odd = fc.oneof(
      fc.tuple(fc.constant(valid), field, fc.jsonValue()).map(([base, key, value]) => ({ ...base, [key]: value })),
      fc
        .tuple(fc.constantFrom(...resourceTypes), fc.jsonValue())
        .map(([resourceType, value]) => (isObject(value) ? { ...value, resourceType } : { resourceType, value })),
      fc.jsonValue(),
    );
    const path = fc.constantFrom('DocumentReference', 'Patient', 'List', 'Task', 'Binary', 'Encounter', '');
    await fc.assert(
      fc.asyncProperty(path, odd, async (target, body) => {
        const answer = await go(target, { method: 'POST', body: JSON.stringify(body) });
        assert.ok(answer.status < 500, answer.text);
        if (answer.status >= 400) assert.equal(answer.json['resourceType'], 'OperationOutcome');
        const location = answer.headers.get('location');
        if (location !== null) assert.equal((await go(location)).status, 200);
      }),
      { numRuns: 300 },
    );
  });

  it('answers any path and method', async () => {
    const go = new TestArchive().as(system);
    const segment = fc.oneof(
      fc.constantFrom('Patient', 'List', '_history', '_search', '$page', 'a', '1', '%00', '..'),
      text,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(segment, { maxLength: 5 }),
        fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
        async (parts, method) => {
          const path = parts.map((part) => encodeURIComponent(part.replace(/\p{Surrogate}/gu, ''))).join('/');
          const answer = await go(path, { method });
          assert.ok(answer.status < 500 || answer.status === 501, `${method} ${path}: ${answer.text}`);
        },
      ),
      { numRuns: 200 },
    );
  });
});
