import { signError } from '../errors/sign-codes.js';
import type { SignRequest } from './signer.js';

/** The requests as one kind. Errors: `signer-refused` when one is of another kind. */
export function onlyKind<K extends SignRequest['kind']>(
  requests: readonly SignRequest[],
  kinds: readonly K[],
): readonly Extract<SignRequest, { kind: K }>[] {
  return requests.map((request) => {
    if (!(kinds as readonly string[]).includes(request.kind))
      throw signError('signer-refused', { details: { reason: 'capability', kind: request.kind } });
    return request as Extract<SignRequest, { kind: K }>;
  });
}
