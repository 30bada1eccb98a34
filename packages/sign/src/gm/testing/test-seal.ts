import { buildSeal, type BuildSealOptions } from '../seal/build-seal.js';
import { testHolder } from './test-certificate.js';
import { fromHex } from './hex.js';

const day = 86_400_000;

/** Times of the test seals, milliseconds since 1970. */
export const sealTimes = {
  made: Date.UTC(2026, 0, 5, 8),
  from: Date.UTC(2026, 0, 6),
  used: Date.UTC(2026, 5, 1, 10, 30),
  to: Date.UTC(2027, 0, 6),
} as const;

const period = { fromMs: sealTimes.made - 30 * day, toMs: sealTimes.to + 365 * day };

/** Who makes the test seals, who uses them, and somebody whom they do not list. */
export const maker = testHolder('和安市电子印章制作中心', period);
export const signer = testHolder('和安市第一人民医院', period);
export const stranger = testHolder('其他机构', period);

/** A PNG of one transparent pixel. */
export const onePixel = fromHex(
  '89504e470d0a1a0a0000000d4948445200000001000000010806000000' +
    '1f15c4890000000d49444154789c63000100000500010d0a2db40000000049454e44ae426082',
);

/** What the test seals say. */
export const sealOptions: BuildSealOptions = {
  vendor: 'anjuan',
  id: '99010000000001',
  kind: 1,
  name: '和安市第一人民医院病案专用章',
  signers: { kind: 'certificates', certificates: [signer.certificate] },
  createdMs: sealTimes.made,
  validFromMs: sealTimes.from,
  validToMs: sealTimes.to,
  picture: { type: 'PNG', data: onePixel, widthMm: 40, heightMm: 40 },
  extensions: [],
  maker: { certificate: maker.certificate, sign: maker.sign },
};

/** A test seal with some things changed. */
export const testSeal = (changes: Partial<BuildSealOptions> = {}): Promise<Uint8Array> =>
  buildSeal({ ...sealOptions, ...changes });
