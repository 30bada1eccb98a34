import { AnjuanError, throwIfAborted } from '@anjuan/core';
import { equalBytes } from '../../der/index.js';
import { onlyKind } from '../capability.js';
import { protocolError } from '../json-service.js';
import type { Signer, SignerCallOptions, SignerIdentity } from '../signer.js';

/** What a device that holds electronic seals can do. */
export interface SealDevice {
  /** The seal (SESeal) and the certificate that signs with it. Errors of {@link Signer}. */
  identity(options: SignerCallOptions): Promise<SignerIdentity & { readonly seal: Uint8Array }>;
  /** DER SES_Signature for each digest, in order, under one authorization. Errors of {@link Signer}. */
  seal(
    requests: readonly { readonly digest: Uint8Array; readonly propertyInfo: string }[],
    options: SignerCallOptions,
  ): Promise<readonly Uint8Array[]>;
}

/**
 * A device or service that answers with a finished SES_Signature. What comes back is only passed on when it is over the
 * digest and property that were asked for. Errors also: `signer-protocol` (details.reason).
 * @source GB/T 38540-2020 7
 */
export function sealSigner(device: SealDevice): Signer {
  return {
    kind: 'seal',
    capabilities: ['seal'],
    identity: async (call = {}) => {
      throwIfAborted(call.signal);
      return device.identity(call);
    },
    sign: async (requests, call = {}) => {
      throwIfAborted(call.signal);
      const wanted = onlyKind(requests, ['seal']);
      if (wanted.length === 0) return [];
      const values = await device.seal(wanted, call);
      throwIfAborted(call.signal);
      if (values.length !== wanted.length) throw protocolError('signature-count');
      const { parseSesSignature } = await import('../../gm/index.js');
      for (const [index, { digest, propertyInfo }] of wanted.entries()) {
        const signed = readSealed(() => parseSesSignature(values[index] ?? new Uint8Array()));
        if (!equalBytes(signed.dataHash, digest)) throw protocolError('other-digest');
        if (signed.propertyInfo !== propertyInfo) throw protocolError('other-property');
      }
      return values;
    },
  };
}

function readSealed<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!AnjuanError.is(cause)) throw cause;
    throw protocolError('seal-signature', cause);
  }
}
