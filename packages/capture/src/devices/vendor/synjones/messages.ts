import { captureError } from '@anjuan/core/outbox';
import type { IdCardKind } from '../../id-card-reader.js';
import { integerOf, member, protocolError, textOf, type JsonObject } from '../shared/json.js';

/** Kinds of card by the service's `CardType`. */
const KINDS: readonly IdCardKind[] = ['resident', 'foreigner-2017', 'hk-mo-tw', 'foreigner-2023'];

/** What an answer to `ReadMsg` says. */
export type ReadAnswer = { readonly status: 'card'; readonly kind: IdCardKind } | { readonly status: 'no-card' };

/**
 * Reads `{code, retcode, CardType, …}`. The first byte of `retcode` is the reader's own status word: 0x90 good, 0x80 no card
 * found, 0x01 and 0x02 port not opened.
 */
export function parseReadAnswer(reply: JsonObject): ReadAnswer {
  const code = integerOf(member(reply, 'code'));
  const status = /^0x([0-9a-f]{1,2})\b/i.exec(textOf(member(reply, 'retcode')))?.[1];
  const word = status === undefined ? undefined : Number.parseInt(status, 16);
  if (code === undefined && word === undefined) throw protocolError('code');
  if (word === 0x80) return { status: 'no-card' };
  if (word === 0x01 || word === 0x02) throw captureError('device-not-found');
  if (code !== 0 || (word !== undefined && word !== 0x90)) {
    throw captureError('reader-failed', { details: { code: code ?? null, status: word ?? null } });
  }
  const kind = KINDS[integerOf(member(reply, 'CardType')) ?? 0];
  if (!kind) throw captureError('card-unsupported');
  return { status: 'card', kind };
}

/** The address of a read. `waitSeconds`: how long the service waits for a card. */
export function readUrl(
  baseUrl: string,
  { waitSeconds, photo }: { readonly waitSeconds: number; readonly photo: boolean },
): string {
  const query = new URLSearchParams({ readOnce: '1', waitTime: String(waitSeconds), ...(!photo && { NoPhoto: '1' }) });
  return `${baseUrl}/api/ReadMsg?${query.toString()}`;
}
