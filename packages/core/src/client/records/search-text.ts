import { AnjuanError } from '../../errors/anjuan-error.js';
import { field, list, number, text } from '../../json/read.js';
import type { HitRect, TextHit, TextHits } from '../../model/text-hit.js';
import { checkedId } from '../address.js';
import { callContext, type ClientContext } from '../context.js';
import { ifOffered } from '../if-offered.js';
import type { TextSearchOptions } from '../types.js';

const MAX_QUERY_LENGTH = 200;
const MAX_HITS = 500;

/** Finds text over all documents of a record. Answers are not kept: they are patient data that nobody asks for twice. */
export async function searchRecordText(
  context: ClientContext,
  recordId: string,
  query: string,
  options: TextSearchOptions = {},
): Promise<TextHits> {
  context.assertOpen();
  const { limit = MAX_HITS } = options;
  checkedId(recordId, 'record-not-found');
  const trimmed = query.trim();
  if (trimmed === '' || trimmed.length > MAX_QUERY_LENGTH) {
    const received = `${trimmed.length} characters`;
    throw new AnjuanError('invalid-argument', {
      details: { argument: 'query', expected: '1-200 characters', received },
    });
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_HITS) {
    throw new AnjuanError('invalid-argument', { details: { argument: 'limit', received: String(limit) } });
  }
  if (context.knownCapabilities()?.pageService === false) throw new AnjuanError('capability-missing');
  const reply = await ifOffered(
    context,
    context.http.getJson({
      ...callContext(options),
      name: 'records.search-text',
      url: context.addresses.below(`List/${recordId}/$search-text`),
      form: new URLSearchParams({ q: trimmed }),
      subject: 'record',
    }),
  );
  if (!Array.isArray(field(reply.value, 'hits'))) {
    throw new AnjuanError('protocol-invalid', { requestId: reply.requestId, details: { reason: 'no-hits' } });
  }
  return readHits(reply.value, limit);
}

/** A hit without a page to go to cannot be shown, so it is not counted either. */
function readHits(value: unknown, limit: number): TextHits {
  const given = list(value, 'hits');
  const hits = given.map(readHit).filter((hit) => hit !== undefined);
  const total = Math.floor(number(value, 'total') ?? 0) - (given.length - hits.length);
  return { hits: hits.slice(0, limit), total: Math.max(total, hits.length) };
}

function readHit(value: unknown): TextHit | undefined {
  const documentId = text(value, 'documentId');
  const pageIndex = number(value, 'pageIndex');
  if (documentId === undefined || pageIndex === undefined || !Number.isSafeInteger(pageIndex) || pageIndex < 0) {
    return undefined;
  }
  const rects = list(value, 'rects')
    .map(readRect)
    .filter((rect) => rect !== undefined);
  return { documentId, pageIndex, rects, snippet: text(value, 'snippet') ?? '' };
}

function readRect(value: unknown): HitRect | undefined {
  const [x, y, width, height] = [
    number(value, 'x'),
    number(value, 'y'),
    number(value, 'width'),
    number(value, 'height'),
  ];
  if (x === undefined || y === undefined || width === undefined || height === undefined) return undefined;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}
