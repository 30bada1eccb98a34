import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  PDFArray,
  PDFBool,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFString,
  PDFWriter,
} from 'pdf-lib';
import { assemblePdf } from './assemble-pdf.js';
import { latin1, nameOf, PdfaFile } from './testing/pdfa-file.js';
import { checkPdfa, pdfaRules, ruleName } from './testing/pdfa-rules.js';
import { hardLines, sampleImages, samplePage, sampleRequest } from './testing/samples.js';

const good = await assemblePdf(sampleRequest());
const goodText = latin1(good);
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

for (const [name, image] of Object.entries(sampleImages())) {
  test(`pdf/a: a page stored as ${name} keeps every rule, with and without text`, async () => {
    for (const lines of [[], hardLines]) {
      const bytes = await assemblePdf(sampleRequest({ pages: [samplePage(image, lines)] }));
      assert.deepEqual(await checkPdfa(bytes), []);
    }
  });
}

/** The good file with its text changed; the change must hit. */
function written(from: string | RegExp, to: string): Breaker {
  return () => {
    const text = goodText.replace(from, to);
    assert.notEqual(text, goodText, `${String(from)} is in the file`);
    return Promise.resolve(bytesOf(text));
  };
}

/** The good file with its objects changed. */
function edited(edit: (file: PdfaFile) => void): Breaker {
  return async () => {
    const file = await PdfaFile.open(good);
    edit(file);
    return PDFWriter.forContext(file.context, 1000).serializeToBuffer();
  };
}

type Breaker = () => Promise<Uint8Array>;

const name = (text: string): PDFName => PDFName.of(text);
const set = (dict: PDFDict | undefined, key: string, value: Parameters<PDFDict['set']>[1]): void => {
  assert.ok(dict, `a dictionary for ${key}`);
  dict.set(name(key), value);
};
const inCatalog = (key: string, literal: object | number | boolean): Breaker =>
  edited((file) => set(file.catalog, key, file.context.obj(literal as never)));
const onPage = (key: string, literal: object): Breaker =>
  edited((file) => set(file.pages[0], key, file.context.obj(literal as never)));
const onImage = (filter: string, key: string, value: Parameters<PDFDict['set']>[1]): Breaker =>
  edited((file) =>
    set(
      file.images.find((image) => nameOf(image, 'Filter') === filter),
      key,
      value,
    ),
  );
const ofType = (file: PdfaFile, key: string, value: string): PDFDict | undefined =>
  file.dicts.find((dict) => nameOf(dict, key) === value);
const onIntent = (key: string, value: Parameters<PDFDict['set']>[1]): Breaker =>
  edited((file) => set(file.intents[0], key, value));

/** The stream below a key with other contents, unfiltered. */
function contents(
  file: PdfaFile,
  owner: PDFDict | undefined,
  key: string,
  change: (bytes: Uint8Array) => Uint8Array,
): void {
  const old = file.look(owner?.get(name(key)));
  assert.ok(old instanceof PDFRawStream, key);
  const bytes = change(file.bytesOf(old)?.slice() ?? new Uint8Array());
  const dict = PDFDict.withContext(file.context);
  for (const [entry, value] of old.dict.entries()) if (entry !== name('Filter')) dict.set(entry, value);
  set(owner, key, file.context.register(PDFRawStream.of(dict, bytes)));
}
const textChange =
  (from: string | RegExp, to: string) =>
  (bytes: Uint8Array): Uint8Array => {
    const text = latin1(bytes).replace(from, to);
    assert.notEqual(text, latin1(bytes), `${String(from)} is in the stream`);
    return bytesOf(text);
  };
const onContent = (from: string | RegExp, to: string): Breaker =>
  edited((file) => contents(file, file.pages[0], 'Contents', textChange(from, to)));
const onXmp = (from: string | RegExp, to: string): Breaker =>
  edited((file) => contents(file, file.catalog, 'Metadata', textChange(from, to)));
const onProfile = (at: number, ...values: readonly number[]): Breaker =>
  edited((file) =>
    contents(file, file.intents[0], 'DestOutputProfile', (bytes) => {
      bytes.set(values, at);
      return bytes;
    }),
  );
const onProgram = (change: (bytes: Uint8Array) => Uint8Array): Breaker =>
  edited((file) => contents(file, ofType(file, 'Type', 'FontDescriptor'), 'FontFile2', change));
const descendant = (file: PdfaFile): PDFDict | undefined => ofType(file, 'Subtype', 'CIDFontType2');
const info = (key: string, text: string): Breaker => edited((file) => set(file.info, key, PDFHexString.fromText(text)));
const action = (kind: string): Breaker => inCatalog('OpenAction', { S: kind });

const breakers: Readonly<Record<string, Breaker>> = {
  'starts with %PDF-1.0 to 1.7': written('%PDF-1.7', '%PDF-2.0'),
  'has a comment of four high bytes in the second line': written(/^%PDF-1\.7\n%..../s, '%PDF-1.7\n%abcd'),
  'has an identifier of two strings': edited(
    (file) => (file.context.trailerInfo.ID = file.context.obj([PDFString.of('a')])),
  ),
  'is not encrypted': written('trailer\n<<', 'trailer\n<<\n/Encrypt 99 0 R'),
  'has nothing after the last %%EOF': () => Promise.resolve(bytesOf(`${goodText}\n more`)),
  'startxref leads to the cross-reference table': written(/startxref\n\d+/, 'startxref\n17'),
  'has a cross-reference table of 20-byte entries': written(/(\d{10} \d{5} n) \n/, '$1\n'),
  'each entry leads to its object': written(/(\d{9})(\d)( 00000 n)/, '0000000099$3'),
  'objects begin and end on lines of their own': written(/(\d+ 0 obj)\n<</, '$1 <<'),
  'hexadecimal strings have digits only, an even number of them': written(/\/ID \[ <(.)/, '/ID [ <'),
  'Length is the number of bytes of each stream': written(/\/Length (\d)/, '/Length 1$1'),
  'stream is followed and endstream preceded by a line end': written(/stream\r?\n/, 'stream\r'),
  'no stream lies outside the file': onImage('DCTDecode', 'F', PDFString.of('other.jpg')),
  'no filter is LZW or Crypt': onImage('DCTDecode', 'Filter', name('LZWDecode')),
  'names are UTF-8': written('/DisplayDocTitle', '/Display#C3'),
  'permissions are none but UR3 and DocMDP': inCatalog('Perms', { Other: {} }),
  'whole numbers have 32 bits': inCatalog('Many', 2147483648),
  'fractions stay below 3.403e38': written('/DisplayDocTitle true', `/DisplayDocTitle true /Big 4${'0'.repeat(38)}.5`),
  'strings have 32767 bytes at most': info('Subject', '长'.repeat(17000)),
  'names have 127 bytes at most': inCatalog('N'.repeat(128), true),
  'q and Q nest 28 levels at most and are balanced': onContent(/^q/, 'q '.repeat(29) + 'Q '.repeat(28)),
  'page sides are 3 to 14400 units': onPage('MediaBox', [0, 0, 595, 2]),
  'carries no embedded files': inCatalog('Names', { EmbeddedFiles: {} }),
  'no object stream is needed to read it': inCatalog('Extra', { Type: 'ObjStm' }),
  'pages use operators of PDF 1.7 only': onContent(/^q/, 'q hello'),
  'each page names its resources itself': edited((file) => file.pages[0]?.delete(name('Resources'))),
  'all that a page paints is in its resources': onContent('/I0 Do', '/I9 Do'),
  'has one output intent GTS_PDFA1 with a condition identifier': edited((file) =>
    file.catalog.delete(name('OutputIntents')),
  ),
  'the output profile is an ICC profile of its stated size': onProfile(36, 0x41),
  'the output profile is version 2 or 4': onProfile(8, 5),
  'the output profile is of a display or a printer': onProfile(12, 0x73, 0x70, 0x61, 0x63),
  'N is the number of colours of the output profile': edited((file) =>
    set(file.dictAt(file.intents[0], 'DestOutputProfile'), 'N', PDFNumber.of(4)),
  ),
  'no output profile lies outside the file': onIntent('DestOutputProfileRef', PDFString.of('x')),
  'device colours are those of the output profile': onImage('DCTDecode', 'ColorSpace', name('DeviceCMYK')),
  'graphics states have no transfer function and no halftone phase': inCatalog('ExtGState', { TR: 'Identity' }),
  'rendering intents are known ones': onImage('DCTDecode', 'Intent', name('Best')),
  'pictures have no Alternates': edited((file) => set(file.images[0], 'Alternates', file.context.obj([]))),
  'pictures and forms have no OPI': edited((file) => set(file.images[0], 'OPI', file.context.obj({}))),
  'pictures are not interpolated': onImage('JBIG2Decode', 'Interpolate', PDFBool.True),
  'pictures have 1, 2, 4, 8 or 16 bits, stencils 1': onImage('DCTDecode', 'BitsPerComponent', PDFNumber.of(12)),
  'a picture has a colour space unless it is a stencil': edited((file) => file.images[0]?.delete(name('ColorSpace'))),
  'a JPEG has the size and colours that the file states': onImage('DCTDecode', 'Width', PDFNumber.of(47)),
  'a JBIG2 picture has the size that the file states and no file header': onImage(
    'JBIG2Decode',
    'Height',
    PDFNumber.of(9),
  ),
  'no PostScript and no reference XObjects': onImage('DCTDecode', 'Subtype', name('PS')),
  'nothing is transparent': onPage('Group', { S: 'Transparency' }),
  'fonts are composite fonts with a TrueType descendant and one name': edited((file) =>
    set(descendant(file), 'BaseFont', name('Other')),
  ),
  'the character collection is Adobe-Identity': edited((file) =>
    set(file.dictAt(descendant(file), 'CIDSystemInfo'), 'Ordering', PDFString.of('GB1')),
  ),
  'codes lead to glyphs by an embedded map': edited((file) => descendant(file)?.delete(name('CIDToGIDMap'))),
  'the encoding is Identity-H': edited((file) => set(ofType(file, 'Subtype', 'Type0'), 'Encoding', name('GBK-EUC-H'))),
  'the font program is embedded with all tables a reader needs': onProgram(textChange('loca', 'xxxx')),
  'the sums of the font program are right': onProgram((bytes) => bytes.fill(9, bytes.length - 1)),
  'widths in the file are those of the font program': edited((file) => set(descendant(file), 'DW', PDFNumber.of(900))),
  'each shown code has a character, never U+0000, U+FEFF or U+FFFE': edited((file) =>
    contents(file, ofType(file, 'Subtype', 'Type0'), 'ToUnicode', textChange('<5165> <5165>', '<5165> <FEFF>')),
  ),
  'no shown code leads to .notdef or beyond the glyphs': edited((file) =>
    contents(file, descendant(file), 'CIDToGIDMap', (bytes) => bytes.fill(0, 0x5165 * 2, 0x5165 * 2 + 2)),
  ),
  'text is invisible': onContent('3 Tr', '0 Tr'),
  'pages have no annotations': onPage('Annots', []),
  'there is no form': inCatalog('AcroForm', { Fields: [] }),
  'there is no XFA and no need of rendering': inCatalog('NeedsRendering', true),
  'no action starts, plays, sends or scripts anything': action('JavaScript'),
  'nothing happens by itself': onPage('AA', {}),
  'the catalog has XMP metadata': edited((file) => file.catalog.delete(name('Metadata'))),
  'the metadata is not filtered': edited((file) => {
    const stream = file.context.flateStream(file.xmp, { Type: 'Metadata', Subtype: 'XML' });
    set(file.catalog, 'Metadata', file.context.register(stream));
  }),
  'the metadata is UTF-8': onXmp('Anjuan', 'Anju\xe4n'),
  'the metadata is well-formed': onXmp('</rdf:li>', ''),
  'the packet has neither bytes nor encoding': onXmp('id="W5M0', 'bytes="900" id="W5M0'),
  'the packet is ended': onXmp(/<\?xpacket end.*/, ''),
  'metadata of known schemas only': onXmp('xmlns:dc=', 'xmlns:hospital="urn:hospital" xmlns:dc='),
  'names itself part 2': onXmp('<pdfaid:part>2', '<pdfaid:part>3'),
  'names itself conformance B': onXmp('<pdfaid:conformance>B', '<pdfaid:conformance>X'),
  'pdfaid stands for its namespace': onXmp('www.aiim.org/pdfa/ns/id/', 'www.aiim.org/pdfa/ns/id'),
  'title in metadata and information are equal and not empty': info('Title', 'another'),
  'creation dates are equal': info('CreationDate', "D:20200101000000+08'00'"),
  'modification dates are equal': info('ModDate', "D:20200101000000+08'00'"),
  'producer and creator tool are equal': info('Producer', 'another'),
  'there are no optional layers': inCatalog('OCProperties', {}),
  'there are no alternate presentations and no presentation steps': onPage('PresSteps', {}),
  'the document makes no requirements': inCatalog('Requirements', []),
  'the language is stated and the title is shown': edited((file) => file.catalog.delete(name('Lang'))),
};

for (const rule of pdfaRules) {
  test(`pdf/a rule ${ruleName(rule)}: a file that breaks it is caught`, async () => {
    const breaker = breakers[rule.says];
    assert.ok(breaker, 'a file that breaks the rule');
    const broken = await checkPdfa(await breaker());
    assert.ok(broken.includes(ruleName(rule)), `caught instead: ${broken.join('; ')}`);
  });
}

test('pdf/a: every action that veraPDF forbids is caught', async () => {
  for (const kind of ['Launch', 'Sound', 'Movie', 'ResetForm', 'ImportData', 'Hide', 'SetOCGState', 'Rendition']) {
    assert.equal((await checkPdfa(await action(kind)())).length, 1, kind);
  }
});

test('pdf/a: the rules are told apart by name, and rewriting the file alone breaks none', async () => {
  assert.equal(new Set(pdfaRules.map(({ says }) => says)).size, pdfaRules.length);
  assert.deepEqual(await checkPdfa(await edited(() => undefined)()), []);
  const listed = (await PdfaFile.open(good)).catalog.get(name('OutputIntents'));
  assert.ok(listed instanceof PDFArray);
});
