import { linkAbort, systemClock, throwIfAborted, untilAborted, type Clock } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import { accessOf, type AccessState } from './diagnose-access.js';
import { browserEnvironment, type AccessEnvironment } from './environment.js';

/**
 * What is known of a service on this computer. `unknown`: nothing was sent, as the browser would have asked the operator first;
 * `blocked` names what stands in the way.
 */
export type ServiceProbe =
  | { readonly status: 'running' }
  | { readonly status: 'not-installed' }
  | { readonly status: 'no-answer' }
  | { readonly status: 'unknown' }
  | { readonly status: 'blocked'; readonly by: AccessState };

/** Options of `probeService`. */
export interface ProbeServiceOptions {
  readonly environment?: AccessEnvironment;
  /** Default `fetch`. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<unknown>;
  readonly clock?: Clock;
  /** Default 2,000 ms. */
  readonly timeoutMs?: number;
  /** `allow`: ask the operator where the browser wants that. Default `avoid`. */
  readonly prompt?: 'avoid' | 'allow';
  readonly signal?: AbortSignal;
}

/**
 * Tells a service that does not run from one that the browser does not let the page reach: a failed request looks the same for
 * both, so the permission is looked at first. Takes `http:`, `https:`, `ws:` and `wss:` addresses; any answer at all is a running
 * service. Errors: `aborted`.
 */
export async function probeService(url: string, options: ProbeServiceOptions = {}): Promise<ServiceProbe> {
  throwIfAborted(options.signal);
  const environment = options.environment ?? browserEnvironment();
  const { state } = await accessOf('services', environment);
  if (state === 'ask' && options.prompt !== 'allow') return { status: 'unknown' };
  if (state !== 'ask' && state !== 'available') return { status: 'blocked', by: state };
  const answer = await knock(url.replace(/^ws/, 'http'), options);
  if (answer !== 'refused' || state !== 'ask') return { status: answer === 'refused' ? 'not-installed' : answer };
  // The operator was asked on the way: a refusal looks like a service that does not run.
  const after = await accessOf('services', environment);
  return after.state === 'available' ? { status: 'not-installed' } : { status: 'blocked', by: after.state };
}

async function knock(url: string, options: ProbeServiceOptions): Promise<'running' | 'refused' | 'no-answer'> {
  const { clock = systemClock, timeoutMs = 2000, signal } = options;
  const send = options.fetch ?? ((address, init) => fetch(address, init));
  const abort = linkAbort(signal);
  const late = captureError('device-timeout');
  const cancel = clock.after(timeoutMs, () => abort.abort(late));
  try {
    // Opaque: the services send no CORS headers, and that they answer is all there is to know.
    const init: RequestInit = { mode: 'no-cors', cache: 'no-store', credentials: 'omit', signal: abort.signal };
    await untilAborted(send(url, init), abort.signal);
    return 'running';
  } catch (error) {
    throwIfAborted(signal);
    return error === late ? 'no-answer' : 'refused';
  } finally {
    cancel();
    abort.release();
  }
}
