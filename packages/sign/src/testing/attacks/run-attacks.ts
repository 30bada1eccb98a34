import { attackCases } from './attack-cases.js';
import { benignCases } from './benign-cases.js';
import { openForge, type ForgePki } from './forge.js';
import { Random } from './random.js';
import { bytesSource } from '../../bytes/byte-source.js';
import type { InputShape } from '../shapes.js';
import { verifyPdf, type VerifyOptions } from '../../verify/index.js';
import type { ValidationReport } from '../../verify/report.js';

/** What is tried, and with whose keys. */
export interface AttackRunOptions {
  /** The same seed makes the same mutants (keys, times and random parts of signatures apart). Default 1. */
  readonly seed?: number;
  /** At most so many attacks, drawn by the seed; default all. As many honest documents at most. */
  readonly count?: number;
  readonly benignCount?: number;
  /** Signed files, drawn by the seed, on which each trick is tried. Default 4. */
  readonly spread?: number;
  /** Further unsigned files, such as other programs saved, for the honest part. */
  readonly moreShapes?: readonly InputShape[];
  /** A test PKI with timestamp authority and revocation behind `fetch`. */
  readonly pki: ForgePki;
  readonly fetch: typeof fetch;
  readonly onOutcome?: (outcome: AttackOutcome) => void;
  readonly signal?: AbortSignal;
}

/** One file and the verdict over it. */
export interface AttackOutcome {
  readonly kind: 'attack' | 'benign';
  /** Class, trick and base file; or the honest update. */
  readonly id: string;
  /** As it should be: TOTAL_FAILED with a reason, or TOTAL_PASSED. */
  readonly agreed: boolean;
  readonly indication: ValidationReport['indication'];
  /** Failed checks and changes out of bounds: ids and places. */
  readonly reasons: readonly string[];
  /** The file, to look into a disagreement. */
  readonly bytes: Uint8Array;
}

/** Counts over a whole run. */
export interface AttackRun {
  readonly attacksTried: number;
  readonly attacksRejected: number;
  readonly benignTried: number;
  readonly benignAccepted: number;
  /** Attacks by class: tried and rejected. */
  readonly classes: Readonly<Record<string, readonly [tried: number, rejected: number]>>;
  readonly disagreements: readonly Omit<AttackOutcome, 'bytes'>[];
}

/** Makes attacks and honest documents and lets the verifier judge them. */
export async function runAttacks(options: AttackRunOptions): Promise<AttackRun> {
  const { seed = 1, count = Number.POSITIVE_INFINITY, benignCount = count, spread = 4, signal } = options;
  const forge = openForge(options.pki, options.fetch);
  const draw = <T>(items: readonly T[], atMost: number): readonly T[] =>
    items.length <= atMost ? items : new Random(seed).shuffled(items).slice(0, atMost);
  const classes: Record<string, [number, number]> = {};
  const disagreements: Omit<AttackOutcome, 'bytes'>[] = [];
  const tally = { attacksTried: 0, attacksRejected: 0, benignTried: 0, benignAccepted: 0 };
  const judge = async (bytes: Uint8Array, more: Partial<VerifyOptions>): Promise<ValidationReport> =>
    verifyPdf(bytesSource(bytes), { ...forge.trust, ...more, ...(signal && { signal }) });
  const note = (outcome: AttackOutcome): void => {
    options.onOutcome?.(outcome);
    const { bytes: _, ...rest } = outcome;
    if (!outcome.agreed) disagreements.push(rest);
  };

  const tried = new Map<string, number>();
  for (const one of new Random(seed).shuffled(attackCases(forge, seed))) {
    const before = tried.get(one.trick) ?? 0;
    if (tally.attacksTried >= count) break;
    const bytes = before < spread ? await one.make() : undefined;
    if (!bytes) continue;
    tried.set(one.trick, before + 1);
    const { password } = one;
    const report = await judge(bytes, {
      policy: { revocation: 'ignore' },
      ...(password !== undefined && { password }),
    });
    const reasons = reasonsOf(report);
    const agreed = report.indication === 'TOTAL_FAILED' && reasons.length > 0;
    const row = (classes[one.class] ??= [0, 0]);
    row[0] += 1;
    row[1] += agreed ? 1 : 0;
    tally.attacksTried += 1;
    tally.attacksRejected += agreed ? 1 : 0;
    note({ kind: 'attack', id: one.id, agreed, indication: report.indication, reasons, bytes });
  }
  for (const one of draw(benignCases(forge, options.moreShapes), benignCount)) {
    const bytes = await one.make();
    const { password } = one;
    const report = await judge(bytes, password === undefined ? {} : { password });
    const agreed = report.indication === 'TOTAL_PASSED';
    tally.benignTried += 1;
    tally.benignAccepted += agreed ? 1 : 0;
    note({ kind: 'benign', id: one.id, agreed, indication: report.indication, reasons: reasonsOf(report), bytes });
  }
  return { ...tally, classes, disagreements };
}

/** What the report names as wrong: checks, changes, or what kept the file from being read. */
function reasonsOf(report: ValidationReport): string[] {
  const checks = report.signatures.flatMap((one) =>
    one.checks.filter(({ result }) => result === 'failed' || result === 'unknown').map(({ id }) => id as string),
  );
  const changes = report.signatures.flatMap((one) =>
    one.changes.filter(({ result }) => result !== 'allowed').map(({ kind, path }) => `${kind} ${path}`),
  );
  const reader = report.signatures.length === 0 ? [report.summary.en] : [];
  return [...new Set([...checks, ...changes, ...reader])];
}
