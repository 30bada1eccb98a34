import { Scope, systemClock, throwIfAborted, type AnjuanError, type Clock } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import { browserEnvironment, type AccessEnvironment } from '../access/environment.js';
import type { FrameDevice, FrameOpenOptions, FrameSource } from '../frame-source.js';
import { cameraError, cameraObstacle } from './camera-errors.js';
import { CameraSession } from './camera-session.js';
import { browserFrameGrabber, type FrameGrabber } from './frame-grabber.js';
import { capabilitiesOf, largestArea, settingsOf, type CameraDevices } from './media-devices.js';
import { openStream, stopStream, type OpenedStream } from './open-stream.js';

/** Options of `createCameraSource`; all have defaults for the page it runs in. */
export interface CameraSourceOptions {
  /** Default `navigator.mediaDevices`. */
  readonly mediaDevices?: CameraDevices;
  /** Default: this page. */
  readonly environment?: AccessEnvironment;
  /** Default: MediaStreamTrackProcessor, else a video element. */
  readonly grabber?: FrameGrabber;
  readonly clock?: Clock;
}

/** Stands for "the camera" while the browser hides ids, which it does until the first grant. */
const UNNAMED = 'camera';

/**
 * Document cameras and other cameras by getUserMedia. The lens with the most pixels comes first: document cameras show
 * themselves as two cameras, the main lens and one at the side, and labels differ by vendor.
 */
export function createCameraSource(options: CameraSourceOptions = {}): FrameSource {
  const environment = options.environment ?? browserEnvironment();
  const grabber = options.grabber ?? browserFrameGrabber();
  const clock = options.clock ?? systemClock;
  const sessions = new Set<CameraSession>();
  const scope = { current: undefined as Scope | undefined };

  const devices = (): CameraDevices => {
    const found = options.mediaDevices ?? globalThis.navigator?.mediaDevices;
    const obstacle = cameraObstacle(environment);
    if (obstacle) throw obstacle;
    if (!found) throw captureError('feature-missing', { details: { feature: 'camera' } });
    return found;
  };

  const list = async (): Promise<readonly FrameDevice[]> => listCameras(await devices().enumerateDevices());

  const dropMissing = async (): Promise<void> => {
    const present = new Set((await list()).map((device) => device.deviceId));
    for (const session of sessions) if (!present.has(session.device.deviceId)) session.lose();
  };

  /** Looks after opened cameras as long as there are any. */
  const keepWatch = (): void => {
    if (sessions.size === 0) {
      scope.current?.dispose();
      scope.current = undefined;
    } else if (!scope.current) {
      scope.current = new Scope();
      scope.current.listen(devices(), 'devicechange', () => void dropMissing().catch(() => undefined));
    }
  };

  const start = async (deviceId: string | undefined, signal: AbortSignal | undefined): Promise<OpenedStream> => {
    try {
      return await openStream(devices(), { ...(deviceId !== undefined && { deviceId }), ...(signal && { signal }) });
    } catch (error) {
      throw await cameraError(error, environment);
    }
  };

  /** Before the first grant nobody knows the lenses: open any, then take the main one. */
  const startMain = async (signal: AbortSignal | undefined): Promise<OpenedStream> => {
    const any = await start(undefined, signal);
    const main = await list().then(
      ([first]) => first,
      () => undefined,
    );
    if (!main || main.deviceId === UNNAMED || main.deviceId === settingsOf(any.track).deviceId) return any;
    stopStream(any.stream);
    return start(main.deviceId, signal);
  };

  const open = async (deviceId: string, { signal }: FrameOpenOptions = {}): Promise<CameraSession> => {
    throwIfAborted(signal);
    const known = await list();
    if (known.length === 0) throw captureError('camera-not-found');
    const hidden = known[0]?.deviceId === UNNAMED;
    if (!hidden && deviceId !== UNNAMED && !known.some((device) => device.deviceId === deviceId))
      throw captureError('camera-not-found');
    const wanted = deviceId === UNNAMED && !hidden ? (known[0]?.deviceId ?? UNNAMED) : deviceId;
    const opened = wanted === UNNAMED ? await startMain(signal) : await start(wanted, signal);
    const device = await describe(opened).catch((error: AnjuanError) => {
      stopStream(opened.stream);
      throw error;
    });
    const session: CameraSession = new CameraSession({
      device,
      opened,
      grabber,
      clock,
      onClose: () => {
        sessions.delete(session);
        keepWatch();
      },
    });
    try {
      sessions.add(session);
      keepWatch();
      await session.verify(signal);
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  };

  const describe = async ({ track }: OpenedStream): Promise<FrameDevice> => {
    const { deviceId } = settingsOf(track);
    const found = (await list()).find((device) => device.deviceId === deviceId);
    return found ?? { deviceId: deviceId ?? UNNAMED, kind: 'camera', label: track.label, preferred: true };
  };

  return {
    name: 'camera',
    list: async ({ signal } = {}) => {
      throwIfAborted(signal);
      return list();
    },
    open,
    watch: (listener) => {
      const watching = new Scope();
      const media = options.mediaDevices ?? globalThis.navigator?.mediaDevices;
      // Where there is no camera interface, nothing ever changes; `list` says why.
      if (media) watching.listen(media, 'devicechange', listener);
      return () => watching.dispose();
    },
  };
}

/** Cameras of a browser's list, the one with the most pixels first; order of the browser among equals. */
export function listCameras(infos: readonly MediaDeviceInfo[]): readonly FrameDevice[] {
  const cameras = infos.filter((info) => info.kind === 'videoinput');
  if (cameras.length === 0) return [];
  // Before the grant there is one entry without id and label, however many cameras there are.
  if (cameras.every((info) => info.deviceId === ''))
    return [{ deviceId: UNNAMED, kind: 'camera', label: '', preferred: true }];
  return cameras
    .filter((info) => info.deviceId !== '')
    .map((info) => ({ info, area: largestArea(capabilitiesOf(info)) }))
    .sort((a, b) => b.area - a.area)
    .map(({ info }, index) => ({
      deviceId: info.deviceId,
      kind: 'camera',
      label: info.label,
      preferred: index === 0,
    }));
}
