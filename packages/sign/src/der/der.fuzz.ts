import { AnjuanError } from '@anjuan/core';
import { parseCertificate, parseCrl, parseOcspResponse } from '../x509/index.js';
import { mutate, seededRandom, signatureSamples } from '../testing/signature-samples.js';
import { der, fromBer, readDer, readElements, type DerNode } from './index.js';

/** Inputs of the full run. */
export const runs = 1_000_000;

/** Writes an element again from what was read of it; tags from 31 on are left as they are. */
function again(node: DerNode): Uint8Array {
  if (node.tag >= 31 || !node.constructed) return node.bytes;
  return der(node.bytes[0] ?? 0, ...node.children.map(again));
}

const CODES = ['der-malformed', 'certificate-malformed'] as const;

/** The value, or undefined for a typed error; any other error is a fault. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (CODES.some((code) => AnjuanError.is(error, code))) return undefined;
    throw error;
  }
}

/**
 * Changes real structures and reads them with every reader that takes DER: typed errors only, and what is accepted has no
 * other encoding.
 */
export async function fuzz({ seed, runs: inputs }: { readonly seed: number; readonly runs: number }): Promise<void> {
  const random = seededRandom(seed);
  const samples = await signatureSamples();
  for (let run = 0; run < inputs; run += 1) {
    const input = mutate(samples[run % samples.length] ?? new Uint8Array(), random);
    const node = attempt(() => readDer(input));
    if (node && run % 16 === 0 && Buffer.compare(again(node), input) !== 0)
      throw new Error('two encodings of one value');
    if (run % 4 === 0) attempt(() => parseCertificate(input));
    if (run % 8 === 1) attempt(() => [...parseCrl(input).entries()]);
    if (run % 8 === 3) attempt(() => parseOcspResponse(input));
    if (run % 8 === 5) attempt(() => readDer(fromBer(input).der));
    if (run % 8 === 7) attempt(() => readElements(input).map(({ children }) => children.length));
  }
}
