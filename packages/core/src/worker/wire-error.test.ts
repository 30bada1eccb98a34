import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnjuanError } from '../errors/anjuan-error.js';
import { fromWire, toWire, type UnforeseenError } from './wire-error.js';

const unforeseen: UnforeseenError = (options) => new AnjuanError('unexpected', options);

test('code, retryable and details cross; causes and unforeseen errors do not', () => {
  const error = new AnjuanError('image-malformed', { details: { format: 'jpeg' }, cause: new Error('secret') });
  const crossed = fromWire(structuredClone(toWire(error, unforeseen)), unforeseen);
  assert.deepEqual([crossed.code, crossed.details, crossed.cause], ['image-malformed', { format: 'jpeg' }, undefined]);
  const wire = structuredClone(toWire(new RangeError('secret'), unforeseen));
  assert.ok(!JSON.stringify(wire).includes('secret'));
  assert.equal(fromWire(wire, unforeseen).code, 'unexpected');
  assert.equal(fromWire('not an error', unforeseen).code, 'unexpected');
});
