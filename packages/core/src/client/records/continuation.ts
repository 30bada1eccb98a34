import { AnjuanError } from '../../errors/anjuan-error.js';
import type { Addresses } from '../address.js';

const PREFIX = 'anjuan1.';

/** A next link as a string to keep and pass back. Encoded so that nobody reads or edits it by accident, not encrypted. */
export function encodeContinuation(next: URL): string {
  return PREFIX + btoa(next.href).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** Errors: `invalid-argument` when it is none of ours, `protocol-invalid` when it leads elsewhere than this archive. */
export function decodeContinuation(continuation: string, addresses: Addresses): URL {
  const link = continuation.startsWith(PREFIX) ? unpack(continuation.slice(PREFIX.length)) : undefined;
  if (link === undefined) throw new AnjuanError('invalid-argument', { details: { argument: 'continuation' } });
  return nextAddress(link, addresses);
}

/** The address of a next link; token and query go nowhere but to the archive itself. */
export function nextAddress(link: string, addresses: Addresses): URL {
  const url = addresses.given(link);
  if (addresses.trusts(url)) return url;
  throw new AnjuanError('protocol-invalid', { details: { reason: 'foreign-next-link' } });
}

function unpack(packed: string): string | undefined {
  try {
    return atob(packed.replace(/-/g, '+').replace(/_/g, '/'));
  } catch {
    return undefined;
  }
}
