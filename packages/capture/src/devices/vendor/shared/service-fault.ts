import type { AnjuanError } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';

/** The used part of `navigator.permissions`. */
export interface PermissionsLike {
  query(descriptor: { readonly name: string }): Promise<{ readonly state: string }>;
}

/** Where the page stands towards services of this computer; replaceable for tests. */
export interface ServiceAccess {
  /** Default `navigator.permissions`. */
  readonly permissions?: PermissionsLike | undefined;
  /** Host name of the page. Default `location.hostname`. */
  readonly pageHost?: string | undefined;
}

/** What the browser says about reaching this address: `unknown` where it knows no such permission. */
export type ServiceReach = 'granted' | 'prompt' | 'denied' | 'unknown';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/** Asks the browser, without a prompt. */
export async function serviceReach(url: string, access: ServiceAccess = {}): Promise<ServiceReach> {
  const permissions = access.permissions ?? globalPermissions();
  const loopback = LOOPBACK.test(new URL(url).hostname);
  // A page that itself comes from this computer crosses no border.
  if (loopback && LOOPBACK.test(access.pageHost ?? globalHost())) return 'granted';
  // Chromium split the first permission in two; older versions know only the first name.
  for (const name of [loopback ? 'loopback-network' : 'local-network', 'local-network-access']) {
    const state = await permissions?.query({ name }).then(
      (status) => status.state,
      () => undefined,
    );
    if (state === 'granted' || state === 'prompt' || state === 'denied') return state;
  }
  return 'unknown';
}

/** Throws `service-blocked` when the browser has already said no, so that nothing is tried in vain. */
export async function assertNotBlocked(url: string, access: ServiceAccess): Promise<void> {
  if ((await serviceReach(url, access)) === 'denied') throw captureError('service-blocked');
}

/**
 * Why a service could not be reached. The browser hides the reason from the page; only its permission tells a service that
 * does not run from one that the page may not reach.
 */
export async function serviceFault(url: string, access: ServiceAccess, cause?: unknown): Promise<AnjuanError> {
  const reach = await serviceReach(url, access);
  const blocked = reach === 'denied' || reach === 'prompt';
  return captureError(blocked ? 'service-blocked' : 'service-not-installed', { cause, details: { reach } });
}

function globalPermissions(): PermissionsLike | undefined {
  const { navigator } = globalThis as { navigator?: { permissions?: unknown } };
  return navigator?.permissions as PermissionsLike | undefined;
}

function globalHost(): string {
  return (globalThis as { location?: { hostname?: string } }).location?.hostname ?? '';
}
