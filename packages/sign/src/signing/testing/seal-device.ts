import { buildSeal, buildSesSignature } from '../../gm/index.js';
import { openSoftwareKey } from '../../testing/signer-software-key.js';
import type { KeySignerOptions } from './key-signer.js';

/** Seals a digest as a device with a seal of its own does: a GB/T 38540 SES_Signature under the owner's SM2 key. */
export async function sealDigest(
  owner: KeySignerOptions,
  { dataHash, propertyInfo = '' }: { readonly dataHash: Uint8Array; readonly propertyInfo?: string },
): Promise<Uint8Array> {
  const key = await openSoftwareKey(await owner.privateKey());
  const now = Date.now();
  const seal = await buildSeal({
    vendor: 'Anjuan',
    id: '99000000000001',
    kind: 1,
    name: '和安市第一人民医院(测试)',
    signers: { kind: 'certificates', certificates: [owner.der] },
    createdMs: now - 60_000,
    validFromMs: now - 60_000,
    validToMs: now + 86_400_000,
    picture: { type: 'PNG', data: new Uint8Array(8), widthMm: 40, heightMm: 40 },
    extensions: [],
    maker: { certificate: owner.der, sign: (data) => key.signBytes('sm3', data) },
  });
  const certificate = owner.der;
  const { toSign, assemble } = await buildSesSignature({ seal, dataHash, propertyInfo, timeMs: now, certificate });
  return assemble({ signature: await key.signBytes('sm3', toSign) });
}
