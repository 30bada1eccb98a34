import { AnjuanError } from '../../errors/anjuan-error.js';
import { list, number, text } from '../../json/read.js';
import type { DocumentVersionRef } from '../../model/document.js';
import type { PageText } from '../../model/page.js';
import { mediaTypeOf } from '../../transport/call.js';
import { checkedId } from '../address.js';
import type { ClientContext } from '../context.js';
import { ifOffered } from '../if-offered.js';
import type { CallOptions } from '../types.js';

/** The JPEG of one page, from memory when this version's was loaded before. */
export async function readPageImage(
  context: ClientContext,
  ref: DocumentVersionRef,
  options: CallOptions & { readonly pageIndex: number; readonly widthPx: number },
): Promise<Blob> {
  const { pageIndex, widthPx } = options;
  const url = operationAddress(context, ref, '$page', { index: pageIndex, width: widthPx });
  const remembered = context.cache.pageImages.get(url.href);
  if (remembered) return remembered;
  return context.shared.join(url.href, options, async (call) => {
    const reply = await ifOffered(
      context,
      context.http.get({
        ...call,
        name: 'documents.page-image',
        url,
        subject: 'page',
        headers: { accept: 'image/jpeg, image/*;q=0.9' },
      }),
    );
    const type = mediaTypeOf(reply);
    if (!type.startsWith('image/')) throw new AnjuanError('protocol-not-fhir', { requestId: reply.requestId });
    if (reply.sizeBytes === 0) throw new AnjuanError('image-malformed', { requestId: reply.requestId });
    const blob = new Blob([...reply.chunks], { type });
    context.cache.pageImages.set(url.href, blob, blob.size);
    return blob;
  });
}

/** The text of one page, from memory when this version's was loaded before. */
export async function readPageText(
  context: ClientContext,
  ref: DocumentVersionRef,
  options: CallOptions & { readonly pageIndex: number },
): Promise<PageText> {
  const { pageIndex } = options;
  const url = operationAddress(context, ref, '$page-text', { index: pageIndex });
  const remembered = context.cache.pageTexts.get(url.href);
  if (remembered) return remembered;
  return context.shared.join(url.href, options, async (call) => {
    const reply = await ifOffered(
      context,
      context.http.getJson({ ...call, name: 'documents.page-text', url, subject: 'page' }),
    );
    const pageText = readText(reply.value, pageIndex);
    context.cache.pageTexts.set(url.href, pageText, pageText.text.length * 2 + pageText.runs.length * 40);
    return pageText;
  });
}

function operationAddress(
  context: ClientContext,
  ref: DocumentVersionRef,
  operation: '$page' | '$page-text',
  numbers: Readonly<Record<string, number>>,
): URL {
  context.assertOpen();
  if (context.knownCapabilities()?.pageService === false) throw new AnjuanError('capability-missing');
  const documentId = checkedId(ref.documentId, 'document-not-found');
  const versionId = checkedId(ref.versionId, 'document-not-found');
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isInteger(value) || value < 0) {
      throw new AnjuanError('invalid-argument', { details: { argument: name, received: String(value) } });
    }
    query.set(name, String(value));
  }
  return context.addresses.below(`DocumentReference/${documentId}/_history/${versionId}/${operation}`, query);
}

function readText(value: unknown, pageIndex: number): PageText {
  const source = text(value, 'source');
  return {
    pageIndex,
    text: text(value, 'text') ?? '',
    runs: list(value, 'runs').map((run) => ({
      text: text(run, 'text') ?? '',
      x: number(run, 'x') ?? 0,
      y: number(run, 'y') ?? 0,
      width: number(run, 'width') ?? 0,
      height: number(run, 'height') ?? 0,
    })),
    source: source === 'pdf' || source === 'ocr' ? source : 'none',
  };
}
