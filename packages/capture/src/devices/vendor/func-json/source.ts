import { AnjuanError } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { FrameDevice, FrameSource } from '../../frame-source.js';
import { decodeBase64, pictureFromBytes } from '../shared/base64-picture.js';
import type { JsonObject } from '../shared/json.js';
import { openServiceSession } from '../shared/open-service-session.js';
import { timing, type PictureServiceOptions, type SocketServiceOptions } from '../shared/options.js';
import { ServiceClient, SharedClient } from '../shared/service-client.js';
import { serviceReach } from '../shared/service-fault.js';
import type { ServiceSession } from '../shared/service-session.js';
import { watchByList } from '../shared/watch-by-list.js';
import {
  chooseMode,
  goodReply,
  parseCameras,
  parsePicture,
  readFuncMessage,
  type FuncCamera,
  type FuncPush,
} from './messages.js';

/** Options of `createFuncJsonSource`. `url` defaults to `ws://127.0.0.1:8082`. */
export interface FuncJsonOptions extends SocketServiceOptions, PictureServiceOptions {
  /** The snapshot button of the device was pressed while it was open. */
  readonly onButton?: () => void;
  /** Frames a second of the live view. Default 5. */
  readonly previewFps?: number;
}

/** Where the service listens unless told otherwise. */
export const FUNC_JSON_URL = 'ws://127.0.0.1:8082';

const PREFIX = 'func-json:';
type Client = ServiceClient<JsonObject, FuncPush>;

/** Document cameras behind the service whose messages carry `func` and `reqId`. */
export function createFuncJsonSource(options: FuncJsonOptions = {}): FrameSource {
  const url = options.url ?? FUNC_JSON_URL;
  const { clock } = timing(options);
  const shared = new SharedClient(() =>
    ServiceClient.connect<JsonObject, FuncPush>(options, { url, read: readFuncMessage, numbered: true }),
  );
  let lastId = 0;
  const request = (func: string, values: JsonObject): { readonly reqId: string; readonly text: string } => {
    const reqId = String((lastId += 1));
    return { reqId, text: JSON.stringify({ func, reqId, ...values }) };
  };
  const ask = async (
    client: Client,
    func: string,
    values: JsonObject = {},
    signal?: AbortSignal,
  ): Promise<JsonObject> => {
    const { reqId, text } = request(func, values);
    return goodReply(func, await client.call(reqId, text, { signal }));
  };
  const cameras = async (client: Client, signal?: AbortSignal): Promise<readonly FuncCamera[]> =>
    parseCameras(await ask(client, 'GetCameraInfo', {}, signal));
  const list = (signal?: AbortSignal): Promise<readonly FrameDevice[]> =>
    shared.during(signal, async (client) => devicesOf(await cameras(client, signal)));

  /** After a change: is the opened camera still there? */
  const recheck = async (client: Client, session: ServiceSession): Promise<void> => {
    try {
      const devices = devicesOf(await cameras(client, session.signal));
      if (!devices.some(({ deviceId }) => deviceId === session.device.deviceId))
        session.lose(captureError('device-lost'));
    } catch (error) {
      if (!session.signal.aborted) session.lose(AnjuanError.from(error));
    }
  };

  return {
    name: 'func-json',
    list: ({ signal } = {}) => list(signal),
    open: async (deviceId, { signal } = {}) => {
      const { camera, device } = await shared.during(signal, async (client) => {
        const found = (await cameras(client, signal)).find(({ id }) => `${PREFIX}${id}` === deviceId);
        return { camera: found, device: found && devicesOf([found])[0] };
      });
      if (!camera || !device) throw captureError('device-not-found');
      let opened: Client | undefined;
      return openServiceSession<JsonObject, FuncPush>({
        shared,
        device,
        signal,
        decodeFrame: options.decodeFrame,
        start: async (client, session) => {
          opened = client;
          const mode = chooseMode(camera, options.maxPixels);
          if (mode) session.setSize(mode.size);
          const resolutionNum = mode?.size.index ?? 0;
          const values = {
            devNum: camera.id,
            mediaNum: mode?.mediaNum ?? 0,
            resolutionNum,
            fps: options.previewFps ?? 5,
          };
          await ask(client, 'OpenCamera', values, signal);
          // No cut and no filter: pages are found and cleaned later, from the original.
          await ask(client, 'SetCameraImageInfo', { devNum: camera.id, cropType: 0, imageType: 0 }, signal);
          client.tell(request('GetCameraVideoBuff', { devNum: camera.id, enable: 'true' }).text);
        },
        shoot: async (client, shooting) => [
          parsePicture(await ask(client, 'CameraCaptureBase64', { devNum: camera.id }, shooting)),
        ],
        onPush: (push, session) => {
          if (push.kind === 'button') options.onButton?.();
          if (push.kind === 'devices-changed' && opened) void recheck(opened, session);
          if (push.kind !== 'frame' || push.device !== camera.id) return;
          session.show(() => pictureFromBytes(decodeBase64(push.base64)).bytes);
        },
        stop: [
          request('GetCameraVideoBuff', { devNum: camera.id, enable: 'false' }).text,
          request('CloseCamera', { devNum: camera.id }).text,
        ],
      });
    },
    watch: (listener) =>
      watchByList({ clock, list, listener, mayAsk: async () => (await serviceReach(url, options)) !== 'prompt' }),
  };
}

function devicesOf(cameras: readonly FuncCamera[]): readonly FrameDevice[] {
  const area = (camera: FuncCamera): number =>
    Math.max(0, ...camera.modes.map(({ size }) => size.widthPx * size.heightPx));
  // The main lens has the most pixels; side lenses for faces have few.
  const sorted = [...cameras].sort((a, b) => area(b) - area(a));
  return sorted.map(({ id, name }, index) => ({
    deviceId: `${PREFIX}${id}`,
    kind: 'service',
    label: name,
    preferred: index === 0,
  }));
}
