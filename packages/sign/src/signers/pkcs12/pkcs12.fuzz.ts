import { AnjuanError } from '@anjuan/core';
import { derSequence, equalBytes } from '../../der/index.js';
import { mutate, seededRandom } from '../../testing/signature-samples.js';
import { openPkcs12 } from './open-pkcs12.js';
import {
  certificateBag,
  encryptedKeyBag,
  encryptedPart,
  fileAround,
  keyBag,
  plainPart,
  TEST_PASSWORD,
  testHolder,
} from './testing/make-pkcs12.js';

/** Inputs of the full run. */
export const runs = 100_000;

/**
 * Changes key files: the whole file, what the MAC is over, and what is inside the encryption, each with protection that holds
 * again, so that every reader is reached. The file opens with the right certificate or key, or fails with an error of its own.
 */
export async function fuzz({ seed, runs: inputs }: { readonly seed: number; readonly runs: number }): Promise<void> {
  const random = seededRandom(seed);
  const { holder, pkcs8 } = await testHolder();
  const { der: certificate } = holder.certificate;
  const keyPart = plainPart(derSequence(await encryptedKeyBag(pkcs8)));
  const certificates = derSequence(certificateBag(certificate));
  const authSafe = derSequence(await encryptedPart(certificates), keyPart);
  const whole = fileAround(authSafe);
  for (let run = 0; run < inputs; run += 1) {
    const files = [
      () => mutate(whole, random),
      () => fileAround(mutate(authSafe, random)),
      async () => fileAround(derSequence(await encryptedPart(mutate(certificates, random)), keyPart)),
      () => fileAround(derSequence(plainPart(certificates), plainPart(derSequence(keyBag(mutate(pkcs8, random)))))),
    ];
    const file = await files[run % files.length]?.();
    try {
      const { identity } = await openPkcs12(file ?? whole, TEST_PASSWORD, {});
      const own = equalBytes(identity.certificate, certificate);
      // Only the first kind is protected by a MAC that was not made anew.
      if (run % files.length === 0 && !own) throw new Error('a changed file opened');
    } catch (error) {
      if (!AnjuanError.is(error, 'pkcs12-malformed') && !AnjuanError.is(error, 'signer-pin-wrong')) throw error;
    }
  }
}
