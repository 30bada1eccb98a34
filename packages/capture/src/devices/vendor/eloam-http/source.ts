import { AnjuanError, throwIfAborted } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { FrameDevice, FrameSession, FrameSource } from '../../frame-source.js';
import type { ServicePicture } from '../shared/base64-picture.js';
import { withDeadline } from '../shared/deadline.js';
import { httpObject } from '../shared/http-call.js';
import { timing, type HttpServiceOptions, type PictureServiceOptions } from '../shared/options.js';
import { serviceReach } from '../shared/service-fault.js';
import { ServiceSession } from '../shared/service-session.js';
import { watchByList } from '../shared/watch-by-list.js';
import { keepLiveView } from './live-view.js';
import { grabRequest, parseLenses, parsePictures } from './messages.js';

/** Options of `createEloamHttpSource`. `baseUrl` defaults to `http://127.0.0.1:38088`. */
export interface EloamHttpOptions extends HttpServiceOptions, Omit<PictureServiceOptions, 'maxPixels'> {}

/** Where the service listens unless told otherwise. */
export const ELOAM_HTTP_URL = 'http://127.0.0.1:38088';

const PREFIX = 'eloam-http:';

/** Document cameras behind the Eloam (良田) service that speaks HTTP. One device a lens, the main lens first. */
export function createEloamHttpSource(options: EloamHttpOptions = {}): FrameSource {
  const baseUrl = options.baseUrl ?? ELOAM_HTTP_URL;
  const { clock } = timing(options);

  const list = async (signal?: AbortSignal): Promise<readonly FrameDevice[]> => {
    const lenses = parseLenses(await httpObject(options, { method: 'POST', url: `${baseUrl}/video=status`, signal }));
    return lenses.map((lens, index) => ({
      deviceId: `${PREFIX}${lens}`,
      kind: 'service',
      label: `Eloam ${lens + 1}`,
      preferred: index === 0,
    }));
  };

  return {
    name: 'eloam-http',
    list: ({ signal } = {}) => list(signal),
    open: async (deviceId, { signal } = {}) => {
      throwIfAborted(signal);
      const device = (await list(signal)).find((found) => found.deviceId === deviceId);
      if (!device) throw captureError('device-not-found');
      const stillThere = async (): Promise<boolean> =>
        (await list().catch(() => [])).some((found) => found.deviceId === deviceId);
      return openLens({ options, baseUrl, device, lens: Number(deviceId.slice(PREFIX.length)), signal, stillThere });
    },
    watch: (listener) =>
      watchByList({
        clock,
        list,
        listener,
        mayAsk: async () => (await serviceReach(baseUrl, options)) !== 'prompt',
      }),
  };
}

interface OpenLens {
  readonly options: EloamHttpOptions;
  readonly baseUrl: string;
  readonly device: FrameDevice;
  readonly lens: number;
  readonly signal: AbortSignal | undefined;
  readonly stillThere: () => Promise<boolean>;
}

async function openLens({ options, baseUrl, device, lens, signal, stillThere }: OpenLens): Promise<FrameSession> {
  const { clock, timeoutMs } = timing(options);
  const session = new ServiceSession({
    device,
    decodeFrame: options.decodeFrame,
    release: () => undefined,
    shoot: async (shooting) => {
      const call = { method: 'POST', url: `${baseUrl}/video=grabimage`, body: grabRequest(lens) } as const;
      return parsePictures(await httpObject(options, { ...call, signal: shooting }));
    },
  });
  const url = `${baseUrl}/video=stream&camidx=${lens}`;
  // Open means that a first frame came: only then is the lens known to work.
  const firstFrame = new Promise<void>((resolve, reject) => {
    const onFrame = (frame: ServicePicture): void => {
      if (session.widthPx === 0) session.setSize(frame);
      session.show(() => frame.bytes);
      resolve();
    };
    keepLiveView(options, { url, signal: session.signal, onFrame, clock, stillThere }).catch((error: unknown) => {
      session.lose(AnjuanError.from(error));
      reject(AnjuanError.from(error));
    });
  });
  try {
    await withDeadline({ clock, timeoutMs, signal }, () => firstFrame);
  } catch (error) {
    session.close();
    throw error;
  }
  return session;
}
