import { signError } from '../errors/sign-codes.js';
import type { Signer, SignerCapability } from './signer.js';

/** What an adapter does once its code is there. */
export type SignerWork = Pick<Signer, 'identity' | 'sign'>;

/** A signer whose code is loaded when it is first used: a page offers several and a user has one. */
export function lazySigner(
  kind: string,
  capabilities: readonly SignerCapability[],
  load: () => Promise<SignerWork>,
): Signer {
  let loading: Promise<SignerWork> | undefined;
  const work = async (): Promise<SignerWork> => {
    loading ??= load();
    return loading.catch((cause: unknown) => {
      loading = undefined;
      throw signError('signer-unavailable', { details: { reason: 'module' }, cause });
    });
  };
  return {
    kind,
    capabilities,
    identity: async (call) => (await work()).identity(call),
    sign: async (requests, call) => (await work()).sign(requests, call),
  };
}
