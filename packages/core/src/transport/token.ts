import { AnjuanError } from '../errors/anjuan-error.js';
import { untilAborted } from '../lifecycle/abort.js';
import type { Policy } from './call.js';
import type { TokenCallback } from './transport.js';

export interface TokenOptions {
  readonly getToken: TokenCallback;
  /** Ends with the client: a shared renewal outlives the call that started it. */
  readonly clientSignal: AbortSignal;
  /** Only these addresses ever see the token. */
  readonly trusts: (url: URL) => boolean;
}

/** Bearer token on every call; after a 401 one renewal, shared by all calls, and one more attempt. Kept in memory only. */
export function tokenPolicy(options: TokenOptions): Policy {
  const renew = renewal(options);
  return (next) => async (call) => {
    if (!options.trusts(call.url)) return next(call);
    const token = await ask(options, 'request', call.signal);
    try {
      return await next(withToken(call, token));
    } catch (error) {
      if (!AnjuanError.is(error, 'auth-expired') && !AnjuanError.is(error, 'auth-required')) throw error;
      const fresh = await untilAborted(renew(token), call.signal);
      // The same token again would only be refused again.
      if (fresh === null || fresh === token) throw error;
      return next(withToken(call, fresh));
    }
  };
}

/** Renewals by single flight: whoever held the same stale token gets the same new one. */
function renewal(options: TokenOptions): (stale: string | null) => Promise<string | null> {
  let last: { readonly stale: string | null; readonly fresh: Promise<string | null> } | undefined;
  return (stale) => {
    if (last?.stale === stale) return last.fresh;
    const fresh = ask(options, 'expired', options.clientSignal);
    const entry = { stale, fresh };
    last = entry;
    fresh.then(
      (token) => {
        if ((token === null || token === stale || stale === null) && last === entry) last = undefined;
      },
      () => {
        if (last === entry) last = undefined;
      },
    );
    return fresh;
  };
}

async function ask(
  { getToken }: TokenOptions,
  reason: 'request' | 'expired',
  signal: AbortSignal,
): Promise<string | null> {
  try {
    return await untilAborted(Promise.resolve(getToken({ reason, signal })), signal);
  } catch (error) {
    if (AnjuanError.is(error)) throw error;
    throw new AnjuanError('auth-required', { message: 'The token callback failed.', cause: error });
  }
}

function withToken<C extends { readonly headers: Readonly<Record<string, string>> }>(call: C, token: string | null): C {
  return token === null ? call : { ...call, headers: { ...call.headers, authorization: `Bearer ${token}` } };
}
