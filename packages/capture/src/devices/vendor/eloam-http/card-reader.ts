import type { IdCardReader } from '../../id-card-reader.js';
import { textsByAlias } from '../card/card-aliases.js';
import { cardFromFields, kindByNumber } from '../card/card-from-fields.js';
import { withPhoto, type CardPhotoOptions } from '../card/card-photo.js';
import { createPollingReader } from '../card/polling-reader.js';
import { httpObject } from '../shared/http-call.js';
import { timing, type HttpServiceOptions } from '../shared/options.js';
import { parseCardFields } from './messages.js';
import { ELOAM_HTTP_URL } from './source.js';

/** Options of `createEloamCardReader`. `baseUrl` defaults to `http://127.0.0.1:38088`. */
export interface EloamCardReaderOptions extends HttpServiceOptions, CardPhotoOptions {}

/** The ID card reader in an Eloam (良田) document camera, through its HTTP service. */
export function createEloamCardReader(options: EloamCardReaderOptions = {}): IdCardReader {
  const url = `${options.baseUrl ?? ELOAM_HTTP_URL}/card=idcard`;
  return createPollingReader({
    name: 'eloam-http',
    clock: timing(options).clock,
    look: async ({ signal, remainingMs }) => {
      const fields = parseCardFields(
        await httpObject(options, { method: 'POST', url, body: '', signal, timeoutMs: remainingMs }),
      );
      if (!fields) return undefined;
      const texts = textsByAlias(fields);
      return withPhoto(cardFromFields(kindByNumber(texts('number')), texts), texts('photo'), options);
    },
  });
}
