import { captureError } from '@anjuan/core/outbox';
import type { FrameDevice, FrameSource } from '../../frame-source.js';
import { decodeBase64, pictureFromBase64, pictureFromBytes } from '../shared/base64-picture.js';
import { withDeadline } from '../shared/deadline.js';
import { openServiceSession } from '../shared/open-service-session.js';
import { timing, type PictureServiceOptions, type SocketServiceOptions } from '../shared/options.js';
import { ServiceClient, SharedClient } from '../shared/service-client.js';
import { serviceReach } from '../shared/service-fault.js';
import type { ServiceSession } from '../shared/service-session.js';
import { watchByList } from '../shared/watch-by-list.js';
import { CAPTURE_COMMAND, isRefusal, readTextMessage, type TextPush } from './messages.js';

/** Options of `createTextCommandSource`. `url` defaults to `ws://localhost:1818`. */
export interface TextCommandOptions extends SocketServiceOptions, Omit<PictureServiceOptions, 'maxPixels'> {
  /** Number of the size in the service's own table: 0 the device's default, 1 320x240 … 6 2048x1536, 7 2592x1944. Default 7. */
  readonly resolution?: number;
  /** Lenses to offer; the service cannot be asked. Default 2. */
  readonly lenses?: 1 | 2;
}

/** Where the service listens unless told otherwise. */
export const TEXT_COMMAND_URL = 'ws://localhost:1818';

/** The command that starts the live view, by lens. */
const START = ['bStartPlay', 'bStartPlay2'] as const;
type Client = ServiceClient<string, TextPush>;

/** Document cameras behind the service that many makers ship under their own name and that takes plain text commands. */
export function createTextCommandSource(options: TextCommandOptions = {}): FrameSource {
  const url = options.url ?? TEXT_COMMAND_URL;
  const { clock, timeoutMs } = timing(options);
  const devices = START.slice(0, options.lenses ?? 2).map((command, index): FrameDevice => {
    return { deviceId: `text-command:${command}`, kind: 'service', label: '', preferred: index === 0 };
  });
  const shared = new SharedClient(() =>
    ServiceClient.connect<string, TextPush>(options, { url, read: readTextMessage }),
  );
  // The service names no devices; that it can be reached is all there is to know.
  const list = (signal?: AbortSignal): Promise<readonly FrameDevice[]> =>
    shared.during(signal, () => Promise.resolve(devices));

  return {
    name: 'text-command',
    list: ({ signal } = {}) => list(signal),
    open: async (deviceId, { signal } = {}) => {
      const device = devices.find((found) => found.deviceId === deviceId);
      if (!device) throw captureError('device-not-found');
      const command = deviceId.slice('text-command:'.length);
      return openServiceSession<string, TextPush>({
        shared,
        device,
        signal,
        decodeFrame: options.decodeFrame,
        start: (client, session) =>
          withDeadline({ clock, timeoutMs, signal }, () =>
            started({ client, session, command, resolution: options.resolution ?? 7 }),
          ),
        shoot: async (client, shooting) => {
          const result = await client.call(CAPTURE_COMMAND, CAPTURE_COMMAND, { signal: shooting });
          if (isRefusal(result)) throw captureError('service-failed');
          return [pictureFromBase64(result)];
        },
        onPush: (push, session) => {
          if (push.kind === 'frame') session.show(() => pictureFromBytes(decodeBase64(push.base64)).bytes);
        },
        stop: ['bStopPlay'],
      });
    },
    watch: (listener) =>
      watchByList({ clock, list, listener, mayAsk: async () => (await serviceReach(url, options)) !== 'prompt' }),
  };
}

interface Start {
  readonly client: Client;
  readonly session: ServiceSession;
  readonly command: string;
  readonly resolution: number;
}

/** Starts the live view; the first frame is the only sure sign that the lens is there. */
function started({ client, session, command, resolution }: Start): Promise<void> {
  return new Promise((resolve, reject) => {
    const stops = [
      client.onEnd((reason) => finish(() => reject(reason))),
      client.onPush((push) => {
        if (push.kind === 'result') {
          if (push.command === command && isRefusal(push.result))
            finish(() => reject(captureError('device-not-found')));
          return;
        }
        finish(() => {
          try {
            session.setSize(pictureFromBase64(push.base64));
            resolve();
          } catch (error) {
            reject(error as Error);
          }
        });
      }),
    ];
    const finish = (settle: () => void): void => {
      for (const stop of stops) stop();
      settle();
    };
    client.tell(`vSetResolution(${resolution})`);
    client.tell(command);
  });
}
