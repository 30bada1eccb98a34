import { signError } from '../errors/sign-codes.js';
import type { SigningContext } from './context.js';
import type { PreparedSignature, SignatureJob } from './signature-job.js';
import { fillSlot, fits } from './slot.js';
import { finishValue } from './value.js';

/** A job with its prepared increment. */
export interface ReadyJob {
  readonly job: SignatureJob;
  readonly prepared: PreparedSignature;
}

/**
 * Asks the signer once for all prepared signatures and puts its answers in. Values that do not fit get a larger slot and are
 * signed once more, together. Errors: those of the signer, `pdf-changed`, `certificate-mismatch`, `signature-slot-small`.
 */
export async function signRound(ready: readonly ReadyJob[], context: SigningContext): Promise<void> {
  let waiting = ready;
  for (let attempt = 0; waiting.length > 0; attempt += 1) {
    const large: SignatureJob[] = [];
    const answers = await askSigner(waiting, context);
    for (const [index, { job, prepared }] of waiting.entries()) {
      context.report('assemble', index, waiting.length);
      const answer = answers[index] ?? new Uint8Array();
      const value = await finishValue(job.facts, job.options, prepared, answer, context);
      if (!fits(prepared, value)) {
        if (attempt > 0) throw signError('signature-slot-small', { details: { valueBytes: value.byteLength } });
        job.grow(value.byteLength);
        large.push(job);
        continue;
      }
      const kind = job.facts.way === 'seal' ? 'seal' : 'signature';
      await fillSlot(job.document, prepared, value, { kind, fieldName: prepared.fieldName });
    }
    context.report('assemble', waiting.length, waiting.length);
    waiting = [];
    for (const job of large) waiting = [...waiting, { job, prepared: await job.prepare() }];
  }
}

async function askSigner(ready: readonly ReadyJob[], context: SigningContext): Promise<readonly Uint8Array[]> {
  const [first] = ready;
  if (!first) return [];
  const unchanged = async (): Promise<void> => {
    for (const { job } of ready) await job.document.assertUnchanged();
  };
  await unchanged();
  context.report('sign', 0, ready.length);
  const answers = await first.job.options.signer.sign(
    ready.map(({ prepared }) => prepared.request),
    context.call,
  );
  if (answers.length !== ready.length) throw signError('signer-protocol', { details: { reason: 'answer-count' } });
  context.report('sign', ready.length, ready.length);
  // A PIN takes its time: the file may have been saved again meanwhile.
  await unchanged();
  return answers;
}
