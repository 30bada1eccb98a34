import type { PageService } from '../service/page-service.js';
import { AnjuanError } from '@anjuan/core';
import type { StoredVersion } from '../store/store.js';
import { audit, type Call } from './call.js';
import { patientIdsOf } from './guard.js';
import { numberParameter, readableSubject, widthParameter, type PageRef } from './page-query.js';
import { IMMUTABLE, noneMatch, notModified } from './responses.js';

/** Pages of one `$page-text` answer at most. */
const MAX_TEXT_PAGES = 200;

function recordPage(
  call: Call,
  version: StoredVersion,
  facts: { readonly interaction: 'page-image' | 'page-text'; readonly from: number; readonly to: number },
): Promise<void> {
  const entities = [{ key: { type: version.type, id: version.id }, versionId: version.versionId }];
  const { from, to } = facts;
  const detail = { pageIndex: from === to ? `${from}` : `${from}-${to}` };
  return audit(call, { interaction: facts.interaction, entities, patientIds: patientIdsOf(version), detail });
}

/** Only an address with a version never changes. */
function cacheControl(ref: PageRef): string {
  return ref.versionId === undefined ? 'private, no-cache' : IMMUTABLE;
}

/** `GET DocumentReference/id[/_history/vid]/$page?index=n&width=w`: a JPEG. */
export async function pageImage(call: Call, ref: PageRef, pages: PageService): Promise<Response> {
  const pageIndex = numberParameter(call, 'index');
  const widthPx = widthParameter(call);
  const { version, subject } = await readableSubject(call, 'page-image', ref);
  await recordPage(call, version, { interaction: 'page-image', from: pageIndex, to: pageIndex });
  const etag = `"${subject.blob.sha256}-${version.versionId}-${pageIndex}-${widthPx}"`;
  const headers = { etag, 'cache-control': cacheControl(ref), 'content-type': 'image/jpeg' };
  if (noneMatch(call.request, etag)) return notModified(headers);
  const bytes = await pages.pageImage(subject, { pageIndex, widthPx, signal: call.signal });
  return new Response(bytes, { headers: { ...headers, 'content-length': String(bytes.byteLength) } });
}

/** `GET .../$page-text?index=n`, or `from` and `to` (both included) for a list of pages. */
export async function pageText(call: Call, ref: PageRef, pages: PageService): Promise<Response> {
  const single = call.url.searchParams.has('index');
  const from = numberParameter(call, single ? 'index' : 'from');
  const to = single ? from : numberParameter(call, 'to');
  if (to < from || to - from >= MAX_TEXT_PAGES)
    throw new AnjuanError('invalid-argument', { details: { parameter: 'to' } });
  const { version, subject } = await readableSubject(call, 'page-text', ref);
  await recordPage(call, version, { interaction: 'page-text', from, to });
  const etag = `"${subject.blob.sha256}-${version.versionId}-text-${from}-${to}"`;
  const headers = { etag, 'cache-control': cacheControl(ref), 'content-type': 'application/json; charset=utf-8' };
  if (noneMatch(call.request, etag)) return notModified(headers);
  const texts = [];
  for (let pageIndex = from; pageIndex <= to; pageIndex += 1) {
    texts.push(await pages.pageText(subject, { pageIndex, signal: call.signal }));
  }
  return new Response(JSON.stringify(single ? texts[0] : { pages: texts }), { headers });
}
