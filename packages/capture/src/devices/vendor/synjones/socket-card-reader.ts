import { captureError } from '@anjuan/core/outbox';
import type { IdCard, IdCardReader } from '../../id-card-reader.js';
import { textsByAlias } from '../card/card-aliases.js';
import { cardFromFields } from '../card/card-from-fields.js';
import { withPhoto, type CardPhotoOptions } from '../card/card-photo.js';
import { createPollingReader } from '../card/polling-reader.js';
import { lookOverSocket } from '../card/socket-look.js';
import { timing, type SocketServiceOptions } from '../shared/options.js';
import { CARD_EVENT, parseCardEvent } from './card-message.js';
import { parseReadAnswer } from './messages.js';
import { eventPacket, JOIN, PING, PONG, readPacket } from './socket-io.js';

/** Options of `createSynjonesSocketCardReader`. `url` defaults to `ws://127.0.0.1:5000`. */
export interface SynjonesSocketCardReaderOptions extends SocketServiceOptions, CardPhotoOptions {
  /** Version of Engine.IO that the service speaks: 3 up to Socket.IO 2, 4 from Socket.IO 3. Default 3. */
  readonly engine?: 3 | 4;
}

/** Where the service listens unless told otherwise. */
export const SYNJONES_SOCKET_URL = 'ws://127.0.0.1:5000';

/** A Synjones (新中新) ID card reader through its push service, which tells each card as it is laid down. */
export function createSynjonesSocketCardReader(options: SynjonesSocketCardReaderOptions = {}): IdCardReader {
  const engine = options.engine ?? 3;
  const { clock } = timing(options);
  return createPollingReader({
    name: 'synjones-socket',
    clock,
    silentWait: true,
    look: async ({ signal }) => {
      let stopPing = (): void => undefined;
      try {
        const { card, photo } = await lookOverSocket(options, {
          url: `${options.url ?? SYNJONES_SOCKET_URL}/socket.io/?EIO=${engine}&transport=websocket`,
          farewell: eventPacket('stopRead'),
          signal,
          read: (text, send) => {
            const packet = readPacket(text);
            if (packet.kind === 'open' && engine === 4) send(JOIN);
            if (packet.kind === 'open' && engine === 3) {
              const ping = (): void => {
                stopPing = clock.after(packet.pingIntervalMs, () => (send(PING), ping()));
              };
              ping();
            }
            if (packet.kind === 'ping') send(PONG);
            if (packet.kind === 'joined') send(eventPacket('startRead'));
            if (packet.kind === 'closed') throw captureError('device-lost');
            if (packet.kind !== 'event' || packet.name !== CARD_EVENT) return undefined;
            const found = readCard(packet.args);
            return found && { value: found };
          },
        });
        return await withPhoto(card, photo, options);
      } finally {
        stopPing();
      }
    },
  });
}

function readCard(args: readonly unknown[]): { readonly card: IdCard; readonly photo: string } | undefined {
  const reply = parseCardEvent(args);
  const answer = parseReadAnswer(reply);
  if (answer.status === 'no-card') return undefined;
  const texts = textsByAlias(reply);
  return { card: cardFromFields(answer.kind, texts), photo: texts('photo') };
}
