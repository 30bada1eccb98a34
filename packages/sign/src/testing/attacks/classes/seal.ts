import { bytesSource, joinBytes } from '../../../bytes/byte-source.js';
import { openCryptoEngine } from '../../../crypto/index.js';
import { signPdf } from '../../../signing/index.js';
import { keySigner } from '../../../signing/testing/key-signer.js';
import type { AttackCase } from '../attack-cases.js';
import { furnish } from '../bases.js';
import type { Forge } from '../forge.js';
import { Random, seedFor } from '../random.js';
import { sealWith, type SealChange } from '../seals.js';
import { place, splice } from '../signature-place.js';
import { inputShapes } from '../../shapes.js';

type Trick = (sealed: Uint8Array, forge: Forge, random: Random) => Promise<Uint8Array>;

const refill = (bytes: Uint8Array, value: Uint8Array): Uint8Array => {
  const { gapStart, gapEnd, digits } = place(bytes);
  const hex = Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return splice(bytes, gapStart, gapEnd, `<${hex.padEnd(digits.length, '0')}>`);
};

/** Another run of bytes inside the value, of the same length. */
const patched =
  (from: string, to: string): Trick =>
  (sealed) => {
    const { gapStart, gapEnd, digits } = place(sealed);
    const hex = (text: string): string =>
      Array.from(text, (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('');
    if (!digits.includes(hex(from))) throw new RangeError(`No ${from}`);
    return Promise.resolve(splice(sealed, gapStart, gapEnd, `<${digits.replace(hex(from), hex(to))}>`));
  };

/** A seal over the right content in which something is not what its maker signed. */
const remade =
  (change: SealChange, digestOf: (digest: Uint8Array) => Uint8Array = (digest) => digest): Trick =>
  async (sealed, forge) => {
    const { range } = place(sealed);
    const engine = await openCryptoEngine();
    const digest = await engine.digest('sm3', joinBytes([sealed.subarray(0, range[1]), sealed.subarray(range[2])]));
    return refill(sealed, await sealWith(forge, digestOf(digest), change));
  };

const tricks: Readonly<Record<string, Trick>> = {
  picture: patched('PICTURE1', 'PICTURE2'),
  vendor: patched('Anjuan', 'Bnjuan'),
  id: patched('99000000000001', '99000000000002'),
  name: patched('Seal of tests', 'Seal of other'),
  'picture-type': patched('PNG', 'GIF'),
  digest: remade({}, (digest) => digest.map((byte) => byte ^ 1)),
  'digest-zero': remade({}, (digest) => digest.map(() => 0)),
  'digest-short': remade({}, (digest) => digest.subarray(0, 16)),
  'maker-forged': remade({ makerSigns: 'doctorSm2' }),
  'signer-other-key': remade({ signs: 'doctorSm2' }),
  'signature-flipped': remade({ spoil: 'signature' }),
  'picture-resealed': remade({ spoil: 'seal' }),
  content: (sealed, _forge, random) => {
    const bytes = Uint8Array.from(sealed);
    const at = random.between(20, 60);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return Promise.resolve(bytes);
  },
  empty: (sealed) => Promise.resolve(refill(sealed, new Uint8Array(4))),
  cut: (sealed) => {
    const { digits } = place(sealed);
    const value = Uint8Array.from(digits.replace(/(00)+$/, '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    return Promise.resolve(refill(sealed, value.subarray(0, value.length - 30)));
  },
};

/** Seals of GB/T 38540 in which picture, digest or maker were exchanged. */
export function sealCases(forge: Forge, seed: number): readonly AttackCase[] {
  const shapes = inputShapes().filter(({ name }) => ['table', 'object-streams', 'aes-256'].includes(name));
  return shapes.flatMap(({ name, bytes, password }) => {
    const secret = password === undefined ? {} : { password };
    let made: Promise<Uint8Array> | undefined;
    const sealed = async (): Promise<Uint8Array> => {
      const [unsigned] = await furnish(bytes, password);
      const signer = await keySigner(forge.key('sealSm2'), ['seal'], (digest) => sealWith(forge, digest, {}));
      return (await signPdf(bytesSource(unsigned), { signer, ...secret })).bytes();
    };
    return Object.entries(tricks).map(([key, trick]): AttackCase => {
      const id = `seal/${key}@${name}`;
      return {
        id,
        trick: `seal/${key}`,
        class: 'seal',
        ...secret,
        make: async () => trick(await (made ??= sealed()), forge, new Random(seedFor(seed, id))),
      };
    });
  });
}
