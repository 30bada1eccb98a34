import { handlerFetch, pkiHandler } from '../../../fixtures/src/pki/index.js';
import { runAttacks, type AttackRun } from '../../../packages/sign/src/testing/attacks/index.js';
import type { BenchPki } from '../pki.js';

/** Forged files and honest updates of the generator, judged by the verifier. */
export function measureAttacks({ pki }: BenchPki, options: { readonly quick: boolean }): Promise<AttackRun> {
  return runAttacks({ pki, fetch: handlerFetch(pkiHandler(pki)), ...(options.quick ? { count: 20 } : {}) });
}
