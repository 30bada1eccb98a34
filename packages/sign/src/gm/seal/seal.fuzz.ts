import { AnjuanError } from '@anjuan/core';
import { derContext, derInteger, derSequence } from '../../der/write.js';
import { utf8 } from '../testing/hex.js';
import { sealTimes, signer, testSeal } from '../testing/test-seal.js';
import { sm3 } from '../sm3/index.js';
import { decodeSignature, encodeSignature } from '../sm2/signature-value.js';
import { buildSesSignature } from './build-ses-signature.js';
import { parseSeal, parseSesSignature } from './read-seal.js';
import { verifySesSignature } from './verify-ses-signature.js';

/** Structures of the full run. */
export const runs = 1_000_000;

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

async function bases(): Promise<readonly Uint8Array[]> {
  const seals = [await testSeal({ version: 1 }), await testSeal()];
  const signatures = seals.map(async (seal) => {
    const prepared = await buildSesSignature({
      seal,
      dataHash: sm3(utf8('x')),
      propertyInfo: 'p',
      timeMs: sealTimes.used,
      certificate: signer.certificate,
    });
    return prepared.assemble({ signature: signer.sign(prepared.toSign) });
  });
  return [...seals, ...(await Promise.all(signatures)), derSequence(derInteger(1), derContext(0))];
}

const INTERESTING = [0, 1, 2, 3, 4, 5, 6, 0x0c, 0x16, 0x17, 0x18, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xa0, 0xff];

/** Flips, cuts, copies and swaps bytes: everything is read or refused with `seal-malformed`, signatures never throw. */
export async function fuzz({ seed, runs: count }: { readonly seed: number; readonly runs: number }): Promise<void> {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const whole = await bases();
  const value = signer.sign(utf8('x'));
  for (let run = 0; run < count; run += 1) {
    let bytes = (whole[below(whole.length)] ?? value).slice();
    for (let changes = 1 + below(4); changes > 0; changes -= 1) {
      const at = below(8) > 0 ? below(bytes.byteLength) : below(40);
      if (below(10) > 0) bytes[at] = below(2) ? (INTERESTING[below(INTERESTING.length)] ?? 0) : below(256);
      else
        bytes = below(2) ? bytes.subarray(0, at) : Uint8Array.of(...bytes.subarray(at), ...bytes.subarray(0, below(9)));
    }
    for (const parse of [parseSeal, parseSesSignature]) expectTyped(() => parse(bytes));
    if (run % 500 === 0) await expectVerdict(bytes);
    checkValue(value, below);
  }
}

function expectTyped(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof AnjuanError) || error.code !== 'seal-malformed') throw error;
  }
}

/** What can still be read is checked without an error. */
async function expectVerdict(bytes: Uint8Array): Promise<void> {
  let signature;
  try {
    signature = parseSesSignature(bytes);
  } catch {
    return;
  }
  await verifySesSignature(signature, { atMs: sealTimes.used });
}

/** A changed signature value is refused, or is the strict encoding of its numbers. */
function checkValue(value: Uint8Array, below: (limit: number) => number): void {
  const changed = value.slice(0, value.byteLength - (below(4) === 0 ? below(5) : 0));
  changed[below(changed.byteLength)] = INTERESTING[below(INTERESTING.length)] ?? 0;
  const numbers = decodeSignature(changed);
  if (numbers && String(encodeSignature(numbers)) !== String(changed))
    throw new Error('two encodings of one signature');
}
