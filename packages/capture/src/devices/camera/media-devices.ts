/** Numbers that a camera offers for one setting. */
export interface CameraRange {
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
}

/**
 * What a camera track can do.
 * @source W3C Media Capture and Streams 4.3.8 and MediaStream Image Capture 5: TypeScript's own type lacks the latter
 */
export interface CameraCapabilities {
  readonly deviceId?: string;
  readonly width?: CameraRange;
  readonly height?: CameraRange;
  readonly resizeMode?: readonly string[];
  readonly focusMode?: readonly string[];
  readonly focusDistance?: CameraRange;
  readonly exposureMode?: readonly string[];
  readonly exposureTime?: CameraRange;
  readonly whiteBalanceMode?: readonly string[];
  readonly colorTemperature?: CameraRange;
  readonly brightness?: CameraRange;
  readonly zoom?: CameraRange;
  readonly torch?: boolean;
}

/** What a camera track is set to. */
export interface CameraSettings {
  readonly deviceId?: string;
  readonly width?: number;
  readonly height?: number;
  readonly frameRate?: number;
  readonly resizeMode?: string;
  readonly focusMode?: string;
  readonly focusDistance?: number;
  readonly exposureMode?: string;
  readonly exposureTime?: number;
  readonly whiteBalanceMode?: string;
  readonly colorTemperature?: number;
  readonly brightness?: number;
  readonly zoom?: number;
  readonly torch?: boolean;
}

/** The part of `navigator.mediaDevices` that cameras need; tests inject their own. */
export type CameraDevices = EventTarget & Pick<MediaDevices, 'enumerateDevices' | 'getUserMedia'>;

/** Capabilities with the fields of Image Capture; empty where the browser offers none. */
export function capabilitiesOf(source: unknown): CameraCapabilities {
  const { getCapabilities } = source as { getCapabilities?: () => CameraCapabilities };
  return typeof getCapabilities === 'function' ? getCapabilities.call(source) : {};
}

/** Settings with the fields of Image Capture. */
export function settingsOf(track: MediaStreamTrack): CameraSettings {
  return track.getSettings() as CameraSettings;
}

/** Pixels of the largest picture; 0 when unknown. */
export function largestArea({ width, height }: CameraCapabilities): number {
  return (width?.max ?? 0) * (height?.max ?? 0);
}
