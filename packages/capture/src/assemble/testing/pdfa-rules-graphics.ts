import { PDFBool, PDFName } from 'pdf-lib';
import { latin1, nameOf, numberOf, type PdfaFile, type PdfaRule } from './pdfa-file.js';

/** Operators of PDF 1.7. @source ISO 32000-1 table A.1 */
const OPERATORS = new Set(
  (
    'b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg ri s S ' +
    'SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y \' "'
  ).split(' '),
);
const INTENTS = new Set(['RelativeColorimetric', 'AbsoluteColorimetric', 'Perceptual', 'Saturation']);

const operand = (token: string): boolean => /^([/<([+-]|\.?\d)/.test(token) || token === ']';

function colourSpaces({ images, operators }: PdfaFile): ReadonlySet<string> {
  const used = new Set(images.map((image) => nameOf(image, 'ColorSpace') ?? ''));
  const tokens = operators.flat();
  for (const [operator, space] of [
    ['rg', 'DeviceRGB'],
    ['RG', 'DeviceRGB'],
    ['g', 'DeviceGray'],
    ['k', 'DeviceCMYK'],
  ] as const) {
    if (tokens.includes(operator)) used.add(space);
  }
  return used;
}

const profileText = ({ profile }: PdfaFile, from: number, to: number): string =>
  latin1(profile?.subarray(from, to) ?? new Uint8Array());

const absent = (file: PdfaFile, subtype: string, ...keys: readonly string[]): boolean =>
  file.dicts.every((dict) => nameOf(dict, 'Subtype') !== subtype || keys.every((key) => !dict.has(PDFName.of(key))));

/** Clause 6.2 without fonts: what is painted and in which colours. */
export const graphicsRules: readonly PdfaRule[] = [
  {
    clause: '6.2.2',
    says: 'pages use operators of PDF 1.7 only',
    holds: ({ operators }) => operators.flat().every((token) => operand(token) || OPERATORS.has(token)),
  },
  {
    clause: '6.2.2',
    says: 'each page names its resources itself',
    holds: (file) => file.pages.every((page) => file.dictAt(page, 'Resources') !== undefined),
  },
  {
    clause: '6.2.2',
    says: 'all that a page paints is in its resources',
    holds: (file) =>
      file.pages.every((page, index) => {
        const pictures = file.dictAt(file.dictAt(page, 'Resources'), 'XObject');
        const tokens = file.operators[index] ?? [];
        return tokens.every(
          (token, at) => token !== 'Do' || pictures?.has(PDFName.of((tokens[at - 1] ?? '').slice(1))) === true,
        );
      }),
  },
  {
    clause: '6.2.3',
    says: 'has one output intent GTS_PDFA1 with a condition identifier',
    holds: ({ intents }) =>
      intents.filter((intent) => nameOf(intent, 'S') === 'GTS_PDFA1').length === 1 &&
      intents.every((intent) => intent.has(PDFName.of('OutputConditionIdentifier'))),
  },
  {
    clause: '6.2.3',
    says: 'the output profile is an ICC profile of its stated size',
    holds: (file) =>
      profileText(file, 36, 40) === 'acsp' &&
      file.profile !== undefined &&
      new DataView(file.profile.buffer, file.profile.byteOffset).getUint32(0) === file.profile.length,
  },
  {
    clause: '6.2.3',
    says: 'the output profile is version 2 or 4',
    holds: ({ profile }) => [2, 4].includes(profile?.[8] ?? 0),
  },
  {
    clause: '6.2.3',
    says: 'the output profile is of a display or a printer',
    holds: (file) => /^(mntr|prtr)$/.test(profileText(file, 12, 16)),
  },
  {
    clause: '6.2.3',
    says: 'N is the number of colours of the output profile',
    holds: (file) => {
      const count = { 'RGB ': 3, GRAY: 1, CMYK: 4 }[profileText(file, 16, 20)];
      return count !== undefined && numberOf(file.dictAt(file.intents[0], 'DestOutputProfile'), 'N') === count;
    },
  },
  {
    clause: '6.2.3',
    says: 'no output profile lies outside the file',
    holds: (file) => !file.anyHas('DestOutputProfileRef'),
  },
  {
    clause: '6.2.4.3',
    says: 'device colours are those of the output profile',
    holds: (file) => {
      const used = colourSpaces(file);
      const space = profileText(file, 16, 20);
      if (used.has('DeviceRGB') && space !== 'RGB ') return false;
      return !(used.has('DeviceCMYK') && space !== 'CMYK') && !(used.has('DeviceGray') && space === '');
    },
  },
  {
    clause: '6.2.5',
    says: 'graphics states have no transfer function and no halftone phase',
    holds: (file) =>
      !file.anyHas('TR', 'HTP') && file.dicts.every((dict) => [undefined, 'Default'].includes(nameOf(dict, 'TR2'))),
  },
  {
    clause: '6.2.6',
    says: 'rendering intents are known ones',
    holds: ({ dicts }) =>
      dicts.every((dict) => INTENTS.has(nameOf(dict, 'Intent') ?? nameOf(dict, 'RI') ?? 'Perceptual')),
  },
  { clause: '6.2.8', says: 'pictures have no Alternates', holds: (file) => absent(file, 'Image', 'Alternates') },
  { clause: '6.2.8', says: 'pictures and forms have no OPI', holds: (file) => !file.anyHas('OPI') },
  {
    clause: '6.2.8',
    says: 'pictures are not interpolated',
    holds: ({ images }) => images.every((image) => image.get(PDFName.of('Interpolate')) !== PDFBool.True),
  },
  {
    clause: '6.2.8',
    says: 'pictures have 1, 2, 4, 8 or 16 bits, stencils 1',
    holds: ({ images }) =>
      images.every((image) => {
        const bits = numberOf(image, 'BitsPerComponent') ?? 0;
        return image.get(PDFName.of('ImageMask')) === PDFBool.True ? bits === 1 : [1, 2, 4, 8, 16].includes(bits);
      }),
  },
  {
    clause: '6.2.8',
    says: 'a picture has a colour space unless it is a stencil',
    holds: ({ images }) =>
      images.every(
        (image) => (image.get(PDFName.of('ImageMask')) === PDFBool.True) !== image.has(PDFName.of('ColorSpace')),
      ),
  },
  {
    clause: '6.2.8',
    says: 'a JPEG has the size and colours that the file states',
    holds: (file) =>
      file.streams.every(({ dict, contents }) => {
        if (nameOf(dict, 'Filter') !== 'DCTDecode') return true;
        const at = latin1(contents).search(/\xff[\xc0-\xc2]/);
        const view = new DataView(contents.buffer, contents.byteOffset + at, 10);
        const space = view.getUint8(9) === 1 ? 'DeviceGray' : 'DeviceRGB';
        const size = view.getUint16(5) === numberOf(dict, 'Height') && view.getUint16(7) === numberOf(dict, 'Width');
        return size && space === nameOf(dict, 'ColorSpace');
      }),
  },
  {
    clause: '6.2.8',
    says: 'a JBIG2 picture has the size that the file states and no file header',
    holds: (file) =>
      file.streams.every(({ dict, contents }) => {
        if (nameOf(dict, 'Filter') !== 'JBIG2Decode') return true;
        const view = new DataView(contents.buffer, contents.byteOffset);
        if (view.getUint8(4) !== 48) return false;
        return view.getUint32(11) === numberOf(dict, 'Width') && view.getUint32(15) === numberOf(dict, 'Height');
      }),
  },
  {
    clause: '6.2.9',
    says: 'no PostScript and no reference XObjects',
    holds: (file) => file.dicts.every((dict) => nameOf(dict, 'Subtype') !== 'PS') && !file.anyHas('Ref', 'PS'),
  },
  {
    clause: '6.2.10',
    says: 'nothing is transparent',
    holds: (file) => !file.anyHas('SMask', 'ca', 'CA', 'Group'),
  },
];
