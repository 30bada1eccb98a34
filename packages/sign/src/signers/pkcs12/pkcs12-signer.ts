import { throwIfAborted } from '@anjuan/core';
import { onlyKind } from '../capability.js';
import type { Signer, SignerCallOptions } from '../signer.js';
import type { Pkcs12Session } from './pkcs12-session.js';

/** Options of {@link pkcs12Signer}. */
export interface Pkcs12SignerOptions {
  readonly file: Uint8Array;
  /** Default: asked once, when the file is first needed. */
  readonly password?: string;
}

/**
 * A key file: for tests and demonstrations only, because a file can be copied, so its identity is always `test` and policy
 * `production` refuses it. The key is taken into WebCrypto non-extractable; an SM2 key stays inside the module. Files need
 * AES encryption and a MAC of SHA-2. Errors also: `pkcs12-malformed` (details.reason).
 */
export function pkcs12Signer({ file, password }: Pkcs12SignerOptions): Signer {
  let session: Pkcs12Session | undefined;
  const open = async (call: SignerCallOptions): Promise<Pkcs12Session> => {
    throwIfAborted(call.signal);
    if (session) return session;
    const { openPkcs12 } = await import('./pkcs12-session.js');
    session = await openPkcs12(file, password, call);
    throwIfAborted(call.signal);
    return session;
  };
  return {
    kind: 'pkcs12',
    capabilities: ['bytes', 'digest'],
    identity: async (call = {}) => (await open(call)).identity,
    sign: async (requests, call = {}) => {
      throwIfAborted(call.signal);
      const wanted = onlyKind(requests, ['bytes', 'digest']);
      if (wanted.length === 0) return [];
      const { key } = await open(call);
      const values: Uint8Array[] = [];
      for (const request of wanted) {
        throwIfAborted(call.signal);
        if (request.kind === 'bytes') values.push(await key.sign(request.data));
        else if (key.signDigest) values.push(await key.signDigest(request.digest));
        else onlyKind([request], ['bytes']);
      }
      throwIfAborted(call.signal);
      return values;
    },
  };
}
