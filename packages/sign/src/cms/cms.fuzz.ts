import { AnjuanError } from '@anjuan/core';
import { openCryptoEngine } from '../crypto/index.js';
import { mutate, seededRandom, signatureSamples } from '../testing/signature-samples.js';
import {
  checkSignerInfo,
  parseSignedData,
  parseTimestampResponse,
  parseTimestampToken,
  withSignatureTimestamp,
} from './index.js';

/** Inputs of the full run. */
export const runs = 100_000;

/** The value, or undefined for `cms-malformed`; any other error is a fault. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (AnjuanError.is(error, 'cms-malformed')) return undefined;
    throw error;
  }
}

/** Changes real signatures: typed errors only, and none that differs in what is signed is valid. */
export async function fuzz({ seed, runs: inputs }: { readonly seed: number; readonly runs: number }): Promise<void> {
  const random = seededRandom(seed);
  const engine = await openCryptoEngine();
  const samples = await signatureSamples();
  const digest = new Uint8Array(32).fill(7);
  for (let run = 0; run < inputs; run += 1) {
    const input = mutate(samples[run % 2] ?? new Uint8Array(), random);
    attempt(() => parseTimestampToken(input));
    attempt(() => parseTimestampResponse(input));
    const signedData = attempt(() => parseSignedData(input));
    if (!signedData) continue;
    if (run % 4 === 0) attempt(() => parseSignedData(withSignatureTimestamp(input, input)));
    if (run % 4 !== 1) continue;
    const check = await checkSignerInfo({ signedData, contentDigest: () => digest, engine });
    if (check.digestMatches && check.signatureHolds && signedData.signers[0]?.messageDigest?.some((byte) => byte !== 7))
      throw new Error('a changed digest passed');
  }
}
