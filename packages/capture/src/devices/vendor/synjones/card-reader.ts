import type { IdCardReader } from '../../id-card-reader.js';
import { textsByAlias } from '../card/card-aliases.js';
import { cardFromFields } from '../card/card-from-fields.js';
import { withPhoto, type CardPhotoOptions } from '../card/card-photo.js';
import { createPollingReader } from '../card/polling-reader.js';
import { httpObject } from '../shared/http-call.js';
import { timing, type HttpServiceOptions } from '../shared/options.js';
import { parseReadAnswer, readUrl } from './messages.js';

/** Options of `createSynjonesCardReader`. `baseUrl` defaults to `http://127.0.0.1:8989`; the service has https on 9199, too. */
export interface SynjonesCardReaderOptions extends HttpServiceOptions, CardPhotoOptions {
  /** Whether the service decodes the photo. Default true. */
  readonly photo?: boolean;
}

/** Where the service listens unless told otherwise. */
export const SYNJONES_URL = 'http://127.0.0.1:8989';

/** Seconds that the service waits for a card before it answers; short, so that an abort is soon over. */
const WAIT_SECONDS = 2;

/** A Synjones (新中新) ID card reader through its service, which takes one read at a time. */
export function createSynjonesCardReader(options: SynjonesCardReaderOptions = {}): IdCardReader {
  const { clock, timeoutMs } = timing(options);
  const photo = options.photo ?? true;
  return createPollingReader({
    name: 'synjones',
    clock,
    look: async ({ signal, remainingMs }) => {
      const waitSeconds = Math.max(0, Math.min(WAIT_SECONDS, Math.floor(remainingMs / 1000) - 1));
      const url = readUrl(options.baseUrl ?? SYNJONES_URL, { waitSeconds, photo });
      const patienceMs = timeoutMs + waitSeconds * 1000;
      const reply = await httpObject(options, { method: 'GET', url, signal, timeoutMs: patienceMs });
      const answer = parseReadAnswer(reply);
      if (answer.status === 'no-card') return undefined;
      const texts = textsByAlias(reply);
      return withPhoto(cardFromFields(answer.kind, texts), texts('photo'), options);
    },
  });
}
