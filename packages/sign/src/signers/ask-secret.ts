import { abortError, throwIfAborted, untilAborted } from '@anjuan/core';
import { signError } from '../errors/sign-codes.js';
import type { SecretQuestion, SignerCallOptions } from './signer.js';

/** Asks once. Errors: `signer-cancelled` for no answer or nobody to ask, `aborted`. */
export async function askSecret(question: SecretQuestion, options: SignerCallOptions): Promise<string> {
  const { signal, askSecret: ask } = options;
  throwIfAborted(signal);
  if (!ask) throw signError('signer-cancelled', { details: { reason: 'nobody-to-ask' } });
  const answer = await (signal ? untilAborted(ask(question), signal) : ask(question)).catch((cause: unknown) => {
    if (signal?.aborted) throw abortError(signal);
    throw signError('signer-cancelled', { cause });
  });
  if (answer === undefined) throw signError('signer-cancelled');
  return answer;
}

/** What an attempt with a secret came to. */
export type SecretOutcome<T> =
  { readonly status: 'done'; readonly value: T } | { readonly status: 'wrong'; readonly attemptsLeft?: number };

/** Wrong answers in one call; after that the caller must start again on purpose. */
export const MAX_WRONG_ANSWERS = 3;

/** Counts wrong answers of one call. Errors: `signer-locked` when none is left, `signer-pin-wrong` after three. */
export class WrongAnswers {
  #count = 0;
  attemptsLeft: number | undefined;

  constructor(attemptsLeft?: number) {
    this.attemptsLeft = attemptsLeft;
  }

  get any(): boolean {
    return this.#count > 0;
  }

  add(attemptsLeft: number | undefined): void {
    this.#count += 1;
    this.attemptsLeft = attemptsLeft;
    if (attemptsLeft === 0) throw signError('signer-locked');
    if (this.#count < MAX_WRONG_ANSWERS) return;
    throw signError('signer-pin-wrong', { details: attemptsLeft === undefined ? {} : { attemptsLeft } });
  }

  question(kind: SecretQuestion['kind']): SecretQuestion {
    const { attemptsLeft } = this;
    return { kind, again: this.any, ...(attemptsLeft !== undefined && { attemptsLeft }) };
  }
}

/** Asks for the PIN until the attempt succeeds. Errors: `signer-cancelled`, `signer-pin-wrong`, `signer-locked`. */
export async function withPin<T>(
  options: SignerCallOptions,
  attempt: (pin: string) => Promise<SecretOutcome<T>>,
  attemptsLeft?: number,
): Promise<T> {
  const wrong = new WrongAnswers(attemptsLeft);
  for (;;) {
    const outcome = await attempt(await askSecret(wrong.question('pin'), options));
    if (outcome.status === 'done') return outcome.value;
    wrong.add(outcome.attemptsLeft);
  }
}
