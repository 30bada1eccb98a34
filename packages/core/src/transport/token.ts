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
  const renewals = new Renewals(options);
  return (next) => async (call) => {
    if (!options.trusts(call.url)) return next(call);
    const token = await ask(options, 'request', call.signal);
    const again = async (refusal: unknown, renewal: Promise<string | null>): ReturnType<typeof next> => {
      const fresh = await untilAborted(renewal, call.signal);
      // The same token again would only be refused again.
      if (fresh === null || fresh === token) throw refusal;
      return next(withToken(call, fresh));
    };
    try {
      return await next(withToken(call, token));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const remembered = renewals.known(token);
      if (!remembered) return again(error, renewals.renew(token));
      try {
        return await again(error, remembered);
      } catch (second) {
        if (!isRefusal(second)) throw second;
        // The host still hands out the old token, and what it was once renewed to has expired meanwhile.
        return again(second, renewals.renewAfter(remembered, token));
      }
    }
  };
}

function isRefusal(error: unknown): boolean {
  return AnjuanError.is(error, 'auth-expired') || AnjuanError.is(error, 'auth-required');
}

/** Renewals by single flight: whoever held the same stale token gets the same new one. */
class Renewals {
  readonly #options: TokenOptions;
  #last: { readonly stale: string | null; readonly fresh: Promise<string | null> } | undefined;

  constructor(options: TokenOptions) {
    this.#options = options;
  }

  /** What the token was renewed to, or is being renewed to. */
  known(stale: string | null): Promise<string | null> | undefined {
    return this.#last?.stale === stale ? this.#last.fresh : undefined;
  }

  renew(stale: string | null): Promise<string | null> {
    const known = this.known(stale);
    if (known) return known;
    const entry = { stale, fresh: ask(this.#options, 'expired', this.#options.clientSignal) };
    this.#last = entry;
    const forget = (): void => {
      if (this.#last === entry) this.#last = undefined;
    };
    entry.fresh.then((token) => {
      if (token === null || token === stale || stale === null) forget();
    }, forget);
    return entry.fresh;
  }

  /** A renewal in the place of one whose token is refused; the first to notice makes it, the others share it. */
  renewAfter(refused: Promise<string | null>, stale: string | null): Promise<string | null> {
    if (this.#last?.fresh === refused) this.#last = undefined;
    return this.renew(stale);
  }
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
