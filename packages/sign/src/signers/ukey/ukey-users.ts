import { throwIfAborted } from '@anjuan/core';
import { signError } from '../../errors/sign-codes.js';
import { protocolError } from '../json-service.js';

/** A certificate holder among the keys that are plugged in. */
export interface UkeyUser {
  /** Name that the key shows; for the chooser only. */
  readonly name: string;
  readonly certId: string;
}

/** Reads `name||certId&&&name||certId&&&`. Errors: `signer-not-found` for none, `signer-protocol`. */
export function parseUserList(text: string): readonly UkeyUser[] {
  const entries = text.split('&&&').filter((entry) => entry.trim() !== '');
  if (entries.length === 0) throw signError('signer-not-found');
  return entries.map((entry) => {
    const [name = '', certId = ''] = entry.split('||');
    if (certId === '') throw protocolError('user-list');
    return { name, certId };
  });
}

/** The only user, or the one that the host chooses. Errors: `signer-refused`, `signer-cancelled`, `aborted`. */
export async function chooseUser(
  users: readonly UkeyUser[],
  choose: ((users: readonly UkeyUser[]) => Promise<UkeyUser | undefined>) | undefined,
  signal: AbortSignal | undefined,
): Promise<UkeyUser> {
  const [only, ...more] = users;
  if (only && more.length === 0) return only;
  if (!choose) throw signError('signer-refused', { details: { reason: 'several-keys' } });
  const chosen = await choose(users);
  throwIfAborted(signal);
  if (!chosen) throw signError('signer-cancelled');
  return chosen;
}
