import { captureError } from '@anjuan/core/outbox';
import type { FrameDevice, FrameSource } from '../../frame-source.js';
import { decodeBase64, pictureFromBase64, pictureFromBytes } from '../shared/base64-picture.js';
import type { JsonObject } from '../shared/json.js';
import { textOf } from '../shared/json.js';
import { openServiceSession } from '../shared/open-service-session.js';
import { chooseSize, timing, type PictureServiceOptions, type SocketServiceOptions } from '../shared/options.js';
import { ServiceClient, SharedClient } from '../shared/service-client.js';
import { serviceReach } from '../shared/service-fault.js';
import { watchByList } from '../shared/watch-by-list.js';
import { eloamRequest, goodValue, parseCount, parseSizes, readEloamMessage, type PushedFrame } from './messages.js';

/** Options of `createEloamSocketSource`. `url` defaults to `ws://127.0.0.1:9000`. */
export interface EloamSocketOptions extends SocketServiceOptions, PictureServiceOptions {}

/** Where the service listens unless told otherwise. */
export const ELOAM_SOCKET_URL = 'ws://127.0.0.1:9000';

const PREFIX = 'eloam-ws:';
type Client = ServiceClient<JsonObject, PushedFrame>;

/** Document cameras behind the Eloam (良田) service that speaks WebSocket. */
export function createEloamSocketSource(options: EloamSocketOptions = {}): FrameSource {
  const url = options.url ?? ELOAM_SOCKET_URL;
  const { clock } = timing(options);
  const shared = new SharedClient(async () => {
    const client = await ServiceClient.connect<JsonObject, PushedFrame>(options, {
      url,
      read: readEloamMessage,
      farewell: [eloamRequest('DeinitDevs')],
    });
    await ask(client, 'InitDevs').catch((error: unknown) => {
      client.close();
      throw error;
    });
    return client;
  });

  const list = (signal?: AbortSignal): Promise<readonly FrameDevice[]> =>
    shared.during(signal, async (client) => {
      const count = parseCount(await ask(client, 'GetDeviceCount', {}, signal));
      const devices: FrameDevice[] = [];
      for (let device = 0; device < count; device += 1) {
        const label = textOf(goodValue(await ask(client, 'GetDeviceName', { device }, signal)));
        devices.push({ deviceId: `${PREFIX}${device}`, kind: 'service', label, preferred: device === 0 });
      }
      return devices;
    });

  return {
    name: 'eloam-ws',
    list: ({ signal } = {}) => list(signal),
    open: async (deviceId, { signal } = {}) => {
      const device = (await list(signal)).find((found) => found.deviceId === deviceId);
      if (!device) throw captureError('device-not-found');
      const number = Number(deviceId.slice(PREFIX.length));
      return openServiceSession<JsonObject, PushedFrame>({
        shared,
        device,
        signal,
        decodeFrame: options.decodeFrame,
        start: async (client, session) => {
          const sizes = parseSizes(await ask(client, 'GetResolution', { device: number }, signal));
          const size = chooseSize(sizes, options.maxPixels);
          if (size) session.setSize(size);
          // The whole frame is wanted: pages are found and straightened later, from the original.
          await ask(client, 'SetDeskew', { isdeskew: 0 }, signal);
          const values = { device: number, resolution: size?.index ?? 0, datacallback: true };
          goodValue(await ask(client, 'OpenCamera', values, signal));
        },
        shoot: async (client, shooting) => {
          const reply = await ask(client, 'ScanImage', { imagepath: '', colorize: 0, type: true }, shooting);
          return [pictureFromBase64(goodValue(reply))];
        },
        onPush: ({ base64 }, session) => session.show(() => pictureFromBytes(decodeBase64(base64)).bytes),
        stop: [eloamRequest('CloseCamera', { device: number })],
      });
    },
    watch: (listener) =>
      watchByList({ clock, list, listener, mayAsk: async () => (await serviceReach(url, options)) !== 'prompt' }),
  };
}

function ask(client: Client, name: string, values: JsonObject = {}, signal?: AbortSignal): Promise<JsonObject> {
  return client.call(name, eloamRequest(name, values), { signal });
}
