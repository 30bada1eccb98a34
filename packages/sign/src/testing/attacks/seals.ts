import { openSoftwareKey } from '../signer-software-key.js';
import type { Forge, ForgeName } from './forge.js';

/** What is wrong with a seal; nothing by default. */
export interface SealChange {
  /** Signs the seal in place of the one it names as its maker. */
  readonly makerSigns?: ForgeName;
  /** Seals in the name of the one that the seal lists. */
  readonly signs?: ForgeName;
  /** One bit of the maker's part, or of the last signature. */
  readonly spoil?: 'signature' | 'seal';
}

const flip = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));

/** A value of GB/T 38540 for a digest. */
export async function sealWith(forge: Forge, dataHash: Uint8Array, change: SealChange): Promise<Uint8Array> {
  const { buildSeal, buildSesSignature } = await import('../../gm/index.js');
  const open = async (name: ForgeName) => openSoftwareKey(await forge.key(name).privateKey());
  const owner = forge.key('sealSm2');
  const maker = await open(change.makerSigns ?? 'sealSm2');
  const now = Date.now();
  const seal = await buildSeal({
    vendor: 'Anjuan',
    id: '99000000000001',
    kind: 1,
    name: 'Seal of tests',
    signers: { kind: 'certificates', certificates: [owner.der] },
    createdMs: now - 60_000,
    validFromMs: now - 60_000,
    validToMs: now + 86_400_000,
    picture: {
      type: 'PNG',
      data: Uint8Array.from('PICTURE1', (char) => char.charCodeAt(0)),
      widthMm: 40,
      heightMm: 40,
    },
    extensions: [],
    maker: { certificate: owner.der, sign: (data) => maker.signBytes('sm3', data) },
  });
  const { toSign, assemble } = await buildSesSignature({
    seal: change.spoil === 'seal' ? flip(seal, seal.length - 4) : seal,
    dataHash,
    propertyInfo: '',
    timeMs: now,
    certificate: owner.der,
  });
  const signature = await (await open(change.signs ?? 'sealSm2')).signBytes('sm3', toSign);
  return assemble({ signature: change.spoil === 'signature' ? flip(signature, signature.length - 4) : signature });
}
