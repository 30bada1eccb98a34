import type { IdCardReader } from '../../id-card-reader.js';
import { cardFromFields, kindByNumber } from '../card/card-from-fields.js';
import { createPollingReader } from '../card/polling-reader.js';
import { lookOverSocket } from '../card/socket-look.js';
import { timing, type SocketServiceOptions } from '../shared/options.js';
import { parseCardMessage } from './messages.js';

/** Options of `createBaucheCardReader`. `url` defaults to `ws://localhost:9002`. */
export interface BaucheCardReaderOptions extends SocketServiceOptions {
  /** What to send after connecting, for versions of the service that wait for a command. Default nothing. */
  readonly request?: string;
}

/** Where the service listens unless told otherwise. */
export const BAUCHE_URL = 'ws://localhost:9002';

/** The ID card reader of a Bauche (点易拍) device, through its service, which sends each card by itself. */
export function createBaucheCardReader(options: BaucheCardReaderOptions = {}): IdCardReader {
  return createPollingReader({
    name: 'bauche',
    clock: timing(options).clock,
    silentWait: true,
    look: ({ signal }) =>
      lookOverSocket(options, {
        url: options.url ?? BAUCHE_URL,
        request: options.request,
        signal,
        read: (text) => {
          const texts = parseCardMessage(text);
          return texts && { value: cardFromFields(kindByNumber(texts('number')), texts) };
        },
      }),
  });
}
