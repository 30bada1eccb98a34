import { PDFBool, PDFName } from 'pdf-lib';
import { nameOf, textOf, type PdfaFile, type PdfaRule } from './pdfa-file.js';

const ACTIONS =
  /^(Launch|Sound|Movie|ResetForm|ImportData|Hide|SetOCGState|Rendition|Trans|GoTo3DView|JavaScript|SubmitForm)$/;
/** Namespaces whose properties need no extension schema. @source ISO 19005-2:2011 6.6.2.3 */
const NAMESPACES = new Set([
  'adobe:ns:meta/',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  'http://purl.org/dc/elements/1.1/',
  'http://ns.adobe.com/xap/1.0/',
  'http://ns.adobe.com/xap/1.0/mm/',
  'http://ns.adobe.com/pdf/1.3/',
  'http://www.aiim.org/pdfa/ns/id/',
]);

function xmpText({ xmp }: PdfaFile): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(xmp);
  } catch {
    return '';
  }
}

function property(file: PdfaFile, name: string): string | undefined {
  const inner = new RegExp(`<${name}>(?:<rdf:Alt><rdf:li[^>]*>)?([^<]*)<`).exec(xmpText(file))?.[1];
  return inner?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** `D:20260304050607+08'00'` as XMP writes it. */
function dateOf(file: PdfaFile, key: string): string | undefined {
  return textOf(file.info, key)?.replace(
    /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)([+-]\d\d)'(\d\d)'?$/,
    '$1-$2-$3T$4:$5:$6$7:$8',
  );
}

/** Elements open and close in order. Enough for packets without comments and CDATA. */
function isBalanced(xml: string): boolean {
  const open: string[] = [];
  for (const [, close, name = '', empty] of xml.matchAll(/<(\/?)([A-Za-z][\w:]*)[^<>]*?(\/?)>/g)) {
    if (close === '/') {
      if (open.pop() !== name) return false;
    } else if (empty !== '/') open.push(name);
  }
  return open.length === 0 && !/&(?!(lt|gt|amp|quot|apos|#\d+);)/.test(xml);
}

const catalogLacks =
  (...keys: readonly string[]) =>
  ({ catalog }: PdfaFile): boolean =>
    keys.every((key) => !catalog.has(PDFName.of(key)));

/** Clauses 6.3 to 6.11: annotations, forms, actions, metadata, what a document carries along. */
export const documentRules: readonly PdfaRule[] = [
  { clause: '6.3.1', says: 'pages have no annotations', holds: (file) => !file.anyHas('Annots') },
  { clause: '6.4.1', says: 'there is no form', holds: catalogLacks('AcroForm') },
  {
    clause: '6.4.2',
    says: 'there is no XFA and no need of rendering',
    holds: (file) => !file.anyHas('XFA', 'NeedsRendering'),
  },
  {
    clause: '6.5.1',
    says: 'no action starts, plays, sends or scripts anything',
    holds: ({ dicts }) => dicts.every((dict) => !ACTIONS.test(nameOf(dict, 'S') ?? '')),
  },
  { clause: '6.5.2', says: 'nothing happens by itself', holds: (file) => !file.anyHas('AA') },
  {
    clause: '6.6.2.1',
    says: 'the catalog has XMP metadata',
    holds: (file) => {
      const dict = file.dictAt(file.catalog, 'Metadata');
      return nameOf(dict, 'Type') === 'Metadata' && nameOf(dict, 'Subtype') === 'XML';
    },
  },
  {
    clause: '6.6.2.1',
    says: 'the metadata is not filtered',
    holds: (file) => file.dictAt(file.catalog, 'Metadata')?.has(PDFName.of('Filter')) !== true,
  },
  { clause: '6.6.2.1', says: 'the metadata is UTF-8', holds: (file) => xmpText(file) !== '' },
  { clause: '6.6.2.1', says: 'the metadata is well-formed', holds: (file) => isBalanced(xmpText(file)) },
  {
    clause: '6.6.2.1',
    says: 'the packet has neither bytes nor encoding',
    holds: (file) => {
      const header = /^<\?xpacket begin=[^>]*\?>/.exec(xmpText(file))?.[0];
      return header !== undefined && !/bytes=|encoding=/.test(header);
    },
  },
  {
    clause: '6.6.2.1',
    says: 'the packet is ended',
    holds: (file) => /<\?xpacket end=["'][rw]["']\?>\s*$/.test(xmpText(file)),
  },
  {
    clause: '6.6.2.3',
    says: 'metadata of known schemas only',
    holds: (file) =>
      Array.from(xmpText(file).matchAll(/xmlns:\w+="([^"]*)"/g)).every(([, uri = '']) => NAMESPACES.has(uri)),
  },
  { clause: '6.6.4', says: 'names itself part 2', holds: (file) => property(file, 'pdfaid:part') === '2' },
  {
    clause: '6.6.4',
    says: 'names itself conformance B',
    holds: (file) => property(file, 'pdfaid:conformance') === 'B',
  },
  {
    clause: '6.6.4',
    says: 'pdfaid stands for its namespace',
    holds: (file) => xmpText(file).includes('xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'),
  },
  {
    clause: '6.6.3',
    says: 'title in metadata and information are equal and not empty',
    holds: (file) =>
      textOf(file.info, 'Title') !== undefined && property(file, 'dc:title') === textOf(file.info, 'Title'),
  },
  {
    clause: '6.6.3',
    says: 'creation dates are equal',
    holds: (file) =>
      dateOf(file, 'CreationDate') !== undefined && property(file, 'xmp:CreateDate') === dateOf(file, 'CreationDate'),
  },
  {
    clause: '6.6.3',
    says: 'modification dates are equal',
    holds: (file) =>
      dateOf(file, 'ModDate') !== undefined && property(file, 'xmp:ModifyDate') === dateOf(file, 'ModDate'),
  },
  {
    clause: '6.6.3',
    says: 'producer and creator tool are equal',
    holds: (file) =>
      property(file, 'pdf:Producer') === textOf(file.info, 'Producer') &&
      property(file, 'xmp:CreatorTool') === textOf(file.info, 'Creator'),
  },
  { clause: '6.9', says: 'there are no optional layers', holds: catalogLacks('OCProperties') },
  {
    clause: '6.10',
    says: 'there are no alternate presentations and no presentation steps',
    holds: (file) =>
      !file.anyHas('PresSteps') && !file.dictAt(file.catalog, 'Names')?.has(PDFName.of('AlternatePresentations')),
  },
  { clause: '6.11', says: 'the document makes no requirements', holds: catalogLacks('Requirements') },
  {
    clause: '6.7',
    says: 'the language is stated and the title is shown',
    holds: (file) =>
      /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(textOf(file.catalog, 'Lang') ?? '') &&
      file.dictAt(file.catalog, 'ViewerPreferences')?.get(PDFName.of('DisplayDocTitle')) === PDFBool.True,
  },
];
