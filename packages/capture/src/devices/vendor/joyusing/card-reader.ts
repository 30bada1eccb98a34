import type { IdCardReader } from '../../id-card-reader.js';
import { textsByAlias } from '../card/card-aliases.js';
import { cardFromFields, kindByNumber } from '../card/card-from-fields.js';
import { withPhoto, type CardPhotoOptions } from '../card/card-photo.js';
import { createPollingReader } from '../card/polling-reader.js';
import { lookOverSocket } from '../card/socket-look.js';
import { timing, type SocketServiceOptions } from '../shared/options.js';
import { parseCardReply, READ_CARD } from './messages.js';

/** Options of `createJoyusingCardReader`. `url` defaults to `ws://localhost:1919`. */
export interface JoyusingCardReaderOptions extends SocketServiceOptions, CardPhotoOptions {}

/** Where the service listens unless told otherwise. */
export const JOYUSING_URL = 'ws://localhost:1919';

/** The ID card reader of a Joyusing (捷宇) signature terminal, through its service. */
export function createJoyusingCardReader(options: JoyusingCardReaderOptions = {}): IdCardReader {
  return createPollingReader({
    name: 'joyusing',
    clock: timing(options).clock,
    silentWait: true,
    look: async ({ signal }) => {
      const fields = await lookOverSocket(options, {
        url: options.url ?? JOYUSING_URL,
        request: READ_CARD,
        signal,
        read: (text) => ({ value: parseCardReply(text) }),
      });
      if (!fields) return undefined;
      const texts = textsByAlias(fields);
      return withPhoto(cardFromFields(kindByNumber(texts('number')), texts), texts('photo'), options);
    },
  });
}
