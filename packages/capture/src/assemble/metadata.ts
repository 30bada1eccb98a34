import { AnjuanError } from '@anjuan/core';
import { wellFormed } from './well-formed.js';
import type { AssembleRequest } from '../worker/protocol.js';

/** What XMP and the information dictionary say in the same words. */
export interface Metadata {
  readonly title: string;
  readonly language: string;
  readonly creator: string;
  readonly producer: string;
  /** `2026-03-04T05:06:07+08:00` */
  readonly xmpDate: string;
  /** `D:20260304050607+08'00'` */
  readonly pdfDate: string;
  readonly documentId: string;
  /** The 16 bytes of the document id. */
  readonly documentIdHex: string;
}

const CREATOR = 'Anjuan capture';
const PRODUCER = 'Anjuan capture, pdf-lib';
const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Errors: `invalid-argument` for a date or document id of another form; their values stay out of the error. */
export function metadataOf({ title, language = 'zh-CN', createdOn, documentId }: AssembleRequest): Metadata {
  const match = DATE.exec(createdOn);
  if (match === null || Number.isNaN(Date.parse(createdOn))) throw invalid('createdOn is no ISO 8601 date.');
  if (!UUID.test(documentId)) throw invalid('documentId is no UUID.');
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', zone = 'Z'] = match;
  const offset = zone === 'Z' ? '+00:00' : zone;
  return {
    title: printable(title),
    language,
    creator: CREATOR,
    producer: PRODUCER,
    xmpDate: `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`,
    pdfDate: `D:${year}${month}${day}${hour}${minute}${second}${offset.replace(':', "'")}'`,
    documentId: documentId.toLowerCase(),
    documentIdHex: documentId.replaceAll('-', '').toUpperCase(),
  };
}

/**
 * The XMP packet, UTF-8.
 * @source ISO 19005-2:2011 6.6.2 to 6.6.4; ISO 16684-1 7.3 (packet wrapper without `bytes` and `encoding`)
 */
export function xmpPacket({ title, creator, producer, xmpDate, documentId }: Metadata): Uint8Array {
  return new TextEncoder().encode(`<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" \
xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(title)}</rdf:li></rdf:Alt></dc:title>
<xmp:CreatorTool>${escaped(creator)}</xmp:CreatorTool>
<xmp:CreateDate>${xmpDate}</xmp:CreateDate>
<xmp:ModifyDate>${xmpDate}</xmp:ModifyDate>
<xmp:MetadataDate>${xmpDate}</xmp:MetadataDate>
<pdf:Producer>${escaped(producer)}</pdf:Producer>
<xmpMM:DocumentID>uuid:${documentId}</xmpMM:DocumentID>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** One line without control characters and halves of surrogate pairs, which XML cannot hold. */
function printable(text: string): string {
  return wellFormed(text).trim();
}

function invalid(message: string): AnjuanError {
  return new AnjuanError('invalid-argument', { message });
}
