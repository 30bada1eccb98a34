import { httpTimestampAuthority, networkRevocation } from '../../trust/index.js';
import type { SigningSetup } from '../types.js';

/** Time stamps, revocation and roots of a test PKI, reached through its own fetch. */
export function onlineSetup(
  pki: { readonly baseUrl: string; readonly roots: readonly Uint8Array[] },
  fetchPki: typeof fetch,
): SigningSetup {
  return {
    timestampAuthority: httpTimestampAuthority({ url: `${pki.baseUrl}/tsa`, fetch: fetchPki }),
    revocation: networkRevocation({ fetch: fetchPki }),
    certificates: pki.roots,
  };
}
