import { throwIfAborted } from '@anjuan/core';
import { onlyKind } from '../capability.js';
import type { SignerWork } from '../lazy-signer.js';
import type { SignerCallOptions } from '../signer.js';
import { openPkcs12, type Pkcs12Session } from './open-pkcs12.js';

/** Options of `pkcs12Signer`. */
export interface Pkcs12SignerOptions {
  readonly file: Uint8Array;
  /** Default: asked once, when the file is first needed. */
  readonly password?: string;
}

/** The work of `pkcs12Signer`. */
export function openPkcs12Signer({ file, password }: Pkcs12SignerOptions): SignerWork {
  let session: Pkcs12Session | undefined;
  const open = async (call: SignerCallOptions): Promise<Pkcs12Session> => {
    throwIfAborted(call.signal);
    if (session) return session;
    session = await openPkcs12(file, password, call);
    throwIfAborted(call.signal);
    return session;
  };
  return {
    identity: async (call = {}) => (await open(call)).identity,
    sign: async (requests, call = {}) => {
      throwIfAborted(call.signal);
      const wanted = onlyKind(requests, ['bytes']);
      if (wanted.length === 0) return [];
      const { key } = await open(call);
      const values: Uint8Array[] = [];
      for (const { data } of wanted) {
        throwIfAborted(call.signal);
        values.push(await key.sign(data));
      }
      throwIfAborted(call.signal);
      return values;
    },
  };
}
