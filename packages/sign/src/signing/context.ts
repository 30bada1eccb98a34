import { AnjuanError, systemClock } from '@anjuan/core';
import { openCryptoEngine } from '../crypto/index.js';
import type { CryptoEngine } from '../crypto/algorithms.js';
import type { SignerCallOptions } from '../signers/signer.js';
import type { RevocationSource, TimestampAuthority } from '../trust/ports.js';
import type { Abortable } from './changes.js';
import { EvidenceCollector } from './evidence.js';
import type { SigningLevel, SigningProgress, SigningSetup } from './types.js';

/** The setup with everything that it leaves open filled in; one for a whole call. */
export interface SigningContext {
  readonly setup: SigningSetup;
  readonly engine: CryptoEngine;
  /** The claimed time, milliseconds since 1970. */
  readonly time: number;
  readonly call: SignerCallOptions;
  /** The signal, when there is one. */
  readonly abort: Abortable;
  readonly evidence: EvidenceCollector;
  /** True when the level asked for is this one or higher. */
  reaches(level: SigningLevel): boolean;
  report(phase: SigningProgress['phase'], done: number, total: number): void;
}

const LEVELS: readonly SigningLevel[] = ['B-B', 'B-T', 'B-LT', 'B-LTA'];

/** Errors: `invalid-argument` when the level needs a port that is not there. */
export async function openContext(setup: SigningSetup): Promise<SigningContext> {
  const rank = LEVELS.indexOf(setup.level ?? 'B-B');
  if (rank >= 1) timestampAuthorityOf(setup);
  if (rank >= 2) revocationOf(setup);
  const engine = setup.engine ?? (await openCryptoEngine());
  const time = (setup.clock ?? systemClock).now();
  const { signal, askSecret } = setup;
  const abort = signal ? { signal } : {};
  return {
    setup,
    engine,
    time,
    call: { ...abort, ...(askSecret ? { askSecret } : {}) },
    abort,
    evidence: new EvidenceCollector({ setup, engine, time, abort }),
    reaches: (level) => rank >= LEVELS.indexOf(level),
    report: (phase, done, total) => {
      signal?.throwIfAborted();
      setup.onProgress?.({ phase, done, total });
    },
  };
}

export const timestampAuthorityOf = ({ timestampAuthority }: SigningSetup): TimestampAuthority =>
  timestampAuthority ?? missing('timestampAuthority');

export const revocationOf = ({ revocation }: SigningSetup): RevocationSource => revocation ?? missing('revocation');

function missing(name: string): never {
  throw new AnjuanError('invalid-argument', { details: { name } });
}

/** Runs a whole call: whatever it throws is an AnjuanError. */
export async function asCall<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw AnjuanError.from(error);
  }
}
