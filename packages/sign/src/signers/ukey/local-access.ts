import type { AnjuanError } from '@anjuan/core';
import { signError } from '../../errors/sign-codes.js';

/** The used part of `navigator.permissions`. */
export interface PermissionsLike {
  query(descriptor: { readonly name: string }): Promise<{ readonly state: string }>;
}

/** Where the page stands towards services of this computer; replaceable for tests. */
export interface LocalAccess {
  /** Default `navigator.permissions`. */
  readonly permissions?: PermissionsLike;
  /** Host name of the page. Default `location.hostname`. */
  readonly pageHost?: string;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/**
 * Why a service of this computer could not be reached. Browsers hide the reason; only their permission tells a service that
 * does not run from one that the page may not reach. Chromium split the first permission in two; older ones know one name.
 * @source WICG Local Network Access
 */
export async function localFault(access: LocalAccess, details: Readonly<Record<string, string>>): Promise<AnjuanError> {
  const host = access.pageHost ?? (globalThis as { location?: { hostname?: string } }).location?.hostname ?? '';
  const { navigator } = globalThis as { navigator?: { permissions?: unknown } };
  const permissions = access.permissions ?? (navigator?.permissions as PermissionsLike | undefined);
  if (!LOOPBACK.test(host)) {
    for (const name of ['loopback-network', 'local-network-access']) {
      const state = await permissions?.query({ name }).then(
        (status) => status.state,
        () => undefined,
      );
      if (state === 'denied' || state === 'prompt') return signError('signer-service-blocked', { details: { state } });
      if (state === 'granted') break;
    }
  }
  return signError('signer-service-missing', { details });
}
