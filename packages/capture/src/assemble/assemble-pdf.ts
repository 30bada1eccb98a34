import { AnjuanError } from '@anjuan/core';
import type { PDFRef } from 'pdf-lib';
import type { AssemblePage, AssembleRequest } from '../worker/protocol.js';
import { metadataOf, xmpPacket } from './metadata.js';
import { openPdf, rounded, type OpenPdf } from './open-pdf.js';
import { addPageImage } from './page-image.js';
import { srgbProfile } from './srgb-profile.js';
import type { TextCodes } from './text-codes.js';
import { addTextFont, textCodesOf, textOperators } from './text-layer.js';

/** Least and greatest side of a page in points. @source ISO 19005-2:2011 6.1.13; ISO 32000-1 table C.1 */
const SIDE_PT = { least: 3, greatest: 14400 } as const;
const SRGB = 'sRGB IEC61966-2.1';

/**
 * Assembles pages to one PDF/A-2b document; equal requests give equal bytes. Pictures are stored as they are; lines of
 * text become an invisible layer that can be selected and searched (双层 PDF).
 *
 * Errors: `document-empty` without pages; `invalid-argument` for a document id that is no UUID, a date that is not
 * ISO 8601, a page size outside 3 to 14400 points or a line without a place; `image-malformed` for a JPEG that is none.
 * @source ISO 19005-2:2011, conformance level B
 */
export async function assemblePdf(request: AssembleRequest): Promise<Uint8Array> {
  if (request.pages.length === 0) throw new AnjuanError('document-empty');
  request.pages.forEach(checkPage);
  const metadata = metadataOf(request);
  const pdf = await openPdf();
  const { context } = pdf;
  const pagesRef = context.nextRef();
  const codes = textCodesOf(request.pages);
  const text = codes && { codes, fontRef: addTextFont(pdf, codes) };
  const kids = request.pages.map((page) => addPage(pdf, page, { pagesRef, text }));
  context.assign(pagesRef, context.obj({ Type: 'Pages', Kids: kids, Count: kids.length }));
  context.trailerInfo.Root = context.register(
    context.obj({
      Type: 'Catalog',
      Pages: pagesRef,
      // Uncompressed, so that archives can read it without a PDF reader.
      Metadata: context.register(context.stream(xmpPacket(metadata), { Type: 'Metadata', Subtype: 'XML' })),
      OutputIntents: [addOutputIntent(pdf)],
      Lang: pdf.text(metadata.language),
      ViewerPreferences: { DisplayDocTitle: true },
    }),
  );
  context.trailerInfo.Info = context.register(
    context.obj({
      Title: pdf.text(metadata.title),
      Creator: pdf.ascii(metadata.creator),
      Producer: pdf.ascii(metadata.producer),
      CreationDate: pdf.ascii(metadata.pdfDate),
      ModDate: pdf.ascii(metadata.pdfDate),
    }),
  );
  const identifier = pdf.hex(metadata.documentIdHex);
  context.trailerInfo.ID = context.obj([identifier, identifier]);
  return pdf.write();
}

function checkPage({ widthPt, heightPt, lines = [] }: AssemblePage, index: number): void {
  const page = index + 1;
  for (const sidePt of [widthPt, heightPt]) {
    if (sidePt >= SIDE_PT.least && sidePt <= SIDE_PT.greatest) continue;
    throw new AnjuanError('invalid-argument', {
      message: 'The page size is outside 3 to 14400 points.',
      details: { page, sidePt },
    });
  }
  const isPlaced = lines.every(({ x, y, width, height }) => [x, y, width, height].every(Number.isFinite));
  if (isPlaced) return;
  throw new AnjuanError('invalid-argument', { message: 'A line of text has no place.', details: { page } });
}

function addPage(
  pdf: OpenPdf,
  page: AssemblePage,
  { pagesRef, text }: { readonly pagesRef: PDFRef; readonly text: { codes: TextCodes; fontRef: PDFRef } | undefined },
): PDFRef {
  const { context } = pdf;
  const { xObjects, operators } = addPageImage(pdf, page);
  const invisible = text === undefined ? '' : textOperators(page, text.codes);
  const fonts = text === undefined || invisible === '' ? {} : { Font: { T: text.fontRef } };
  return context.register(
    context.obj({
      Type: 'Page',
      Parent: pagesRef,
      MediaBox: [0, 0, rounded(page.widthPt), rounded(page.heightPt)],
      Resources: { XObject: xObjects, ...fonts },
      Contents: context.register(context.flateStream(operators + invisible)),
    }),
  );
}

/** The device colours of the pictures are sRGB. @source ISO 19005-2:2011 6.2.3, 6.2.4.3 */
function addOutputIntent({ context, ascii }: OpenPdf): PDFRef {
  return context.register(
    context.obj({
      Type: 'OutputIntent',
      S: 'GTS_PDFA1',
      OutputConditionIdentifier: ascii(SRGB),
      Info: ascii(SRGB),
      RegistryName: ascii('http://www.color.org'),
      DestOutputProfile: context.register(context.flateStream(srgbProfile(), { N: 3 })),
    }),
  );
}
