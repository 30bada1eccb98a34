import { abortError, onAbort } from '@anjuan/core';
import { cannotStart, failedConstraint } from './camera-errors.js';
import { capabilitiesOf, type CameraDevices } from './media-devices.js';
import { sizeLadder, type LadderRung } from './size-ladder.js';

/** A running camera. */
export interface OpenedStream {
  readonly stream: MediaStream;
  readonly track: MediaStreamTrack;
  /** A larger mode was refused by the driver. */
  readonly reduced: boolean;
}

/** Stops everything that a stream holds. */
export function stopStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Steps down no further than this when the driver does not start: a busy camera must not be asked nine times. */
const DRIVER_ATTEMPTS = 3;

/**
 * Starts the camera in its largest mode that works. Rejects with the browser's own error of the first attempt, or with
 * `aborted`; a stream that comes after the abort is stopped.
 */
export async function openStream(
  devices: CameraDevices,
  options: { readonly deviceId?: string; readonly signal?: AbortSignal },
): Promise<OpenedStream> {
  const without = new Set<string>();
  const capabilities = await knownCapabilities(devices, options.deviceId);
  const rungs = (): readonly LadderRung[] => sizeLadder({ ...options, capabilities, without });
  let first: unknown;
  let driverFailures = 0;
  for (let index = 0; index < rungs().length;) {
    const rung = rungs()[index];
    if (!rung) break;
    try {
      const stream = await ask(devices, rung.constraints, options.signal);
      const [track] = stream.getVideoTracks();
      if (!track) throw new DOMException('no video track', 'NotReadableError');
      return { stream, track, reduced: index > 0 };
    } catch (error) {
      first ??= error;
      const constraint = failedConstraint(error);
      if (constraint === 'resizeMode' || constraint === 'frameRate') {
        // An older browser: the same size again without it; what comes is checked afterwards.
        if (without.has(constraint)) throw first;
        without.add(constraint);
      } else if (constraint !== undefined && constraint !== 'deviceId') index += 1;
      else if (cannotStart(error) && (driverFailures += 1) < DRIVER_ATTEMPTS) index = nextAfter(index, rungs().length);
      else throw first;
    }
  }
  throw first;
}

/** A mode that needs too much of the bus fails like a busy camera: try the middle of what is left, then the smallest. */
function nextAfter(index: number, count: number): number {
  return Math.max(index + 1, Math.ceil((index + count - 1) / 2));
}

async function knownCapabilities(devices: CameraDevices, deviceId: string | undefined): Promise<object> {
  if (deviceId === undefined) return {};
  const infos = await devices.enumerateDevices();
  const info = infos.find((one) => one.kind === 'videoinput' && one.deviceId === deviceId);
  return info ? capabilitiesOf(info) : {};
}

function ask(
  devices: CameraDevices,
  video: MediaTrackConstraints,
  signal: AbortSignal | undefined,
): Promise<MediaStream> {
  if (!signal) return devices.getUserMedia({ video, audio: false });
  if (signal.aborted) return Promise.reject(abortError(signal));
  return new Promise((resolve, reject) => {
    const stop = onAbort(signal, () => reject(abortError(signal)));
    devices
      .getUserMedia({ video, audio: false })
      .then((stream) => {
        if (signal.aborted) stopStream(stream);
        resolve(stream);
      }, reject)
      .finally(stop);
  });
}
