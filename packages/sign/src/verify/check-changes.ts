import { AnjuanError } from '@anjuan/core';
import { compareRevisions } from './changes/compare-revisions.js';
import { ObjectGraph } from './changes/object-graph.js';
import { judgeChanges, type Permissions, type RawChange } from './changes/raw-change.js';
import type { SignedChange } from './report.js';
import { say } from './texts.js';
import { coveredEnd, type Verification, type VerifyContext } from './verification.js';

/** Judges what came after each signature; every pair of neighbouring revisions is compared once. */
export async function checkChanges(all: readonly Verification[], context: VerifyContext): Promise<void> {
  const { file, options } = context;
  const last = file.revisions.length - 1;
  const graph = new ObjectGraph(file, options.signal);
  const steps = new Map<number, readonly RawChange[] | undefined>();
  const first = Math.min(...all.map(({ found }) => found.revision));
  for (let to = first + 1; to <= last; to += 1) {
    try {
      steps.set(to, await compareRevisions(graph, to));
    } catch (error) {
      if (options.signal?.aborted) throw new AnjuanError('aborted', { cause: error });
      steps.set(to, undefined);
    }
  }
  for (const one of all) judgeOne(one, all, steps, last);
}

function judgeOne(
  one: Verification,
  all: readonly Verification[],
  steps: ReadonlyMap<number, readonly RawChange[] | undefined>,
  last: number,
): void {
  const { findings, revision, removed, byteRange } = one.found;
  if (removed) return findings.failed('signature-object', 'FORMAT_FAILURE', 'object-changed');
  if (!byteRange) return;
  const raw: RawChange[] = [];
  for (let to = revision + 1; to <= last; to += 1) {
    const step = steps.get(to);
    if (!step) return findings.failed('document-changes', 'FORMAT_FAILURE', 'changes-unreadable');
    raw.push(...step);
  }
  const permissions = permissionsOf(one, all);
  one.changes = judgeChanges(raw, permissions);
  reportChanges(one);
  reportLevel(one, all, permissions);
}

function reportChanges({ found: { findings }, changes }: Verification): void {
  const worst = (result: SignedChange['result']): SignedChange | undefined =>
    changes.find((change) => change.result === result);
  const [forbidden, suspicious] = [worst('forbidden'), worst('suspicious')];
  if (forbidden) findings.failed('document-changes', 'FORMAT_FAILURE', say('changes-forbidden', forbidden.reason));
  else if (suspicious) {
    findings.failed('document-changes', 'SIG_CONSTRAINTS_FAILURE', say('changes-suspicious', suspicious.reason));
  } else findings.passed('document-changes', changes.length > 0 ? 'changes-allowed' : 'changes-none');
}

/** The strictest of what the certification, earlier signatures and the signature itself lay down. */
function permissionsOf(one: Verification, all: readonly Verification[]): Permissions {
  const earlier = all.filter((other) => coveredEnd(other) <= coveredEnd(one) && !other.found.removed);
  const levels = earlier.flatMap(({ found: { value, field } }) =>
    [value.docMdp ?? [], field.lock?.permissions ?? []].flat(),
  );
  const { value, field } = one.found;
  const locks = [value.fieldMdp ?? [], field.lock ?? []].flat();
  return {
    level: levels.reduce((a, b) => (b < a ? b : a), levels[0] ?? 2),
    certified: value.docMdp !== undefined,
    restricted: levels.length > 0,
    locks,
  };
}

function reportLevel(one: Verification, all: readonly Verification[], { level }: Permissions): void {
  const { findings, value } = one.found;
  if (value.docMdp === undefined) return;
  const isFirst = all.every((other) => other.parsed.kind === 'timestamp' || coveredEnd(other) >= coveredEnd(one));
  if (!isFirst) findings.failed('doc-mdp', 'SIG_CONSTRAINTS_FAILURE', 'mdp-not-first');
  else if (one.changes.some(({ result }) => result === 'forbidden')) {
    findings.failed('doc-mdp', 'FORMAT_FAILURE', say('mdp-broken', level));
  } else findings.passed('doc-mdp', say('mdp-respected', level));
}
