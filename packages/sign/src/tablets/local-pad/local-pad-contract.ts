/**
 * The JSON contract between the page and a service on the same computer that drives a pad with a vendor's own software
 * (`LocalPadService`), version `anjuan-pad/1`. One WebSocket is one session; every message is one JSON object in one text frame of
 * at most 256 KiB.
 *
 * 1. The page sends `hello`; the service answers `ready`, or `error` and closes.
 * 2. The page sends `start`; the service answers `started` and from then on sends `samples`, `up` and `key`.
 * 3. The page may send `clear` (wipe the pad's screen and go on) at any time; the service answers `cleared`.
 * 4. The page sends `stop` and closes. A service that loses its pad sends `error` with `lost` and closes.
 *
 * The service keeps no samples and writes no files. It accepts only origins that its operator has listed.
 */
export const LOCAL_PAD_PROTOCOL = 'anjuan-pad/1';

/** What the page sends. */
export type LocalPadRequest =
  | { readonly type: 'hello'; readonly protocol: typeof LOCAL_PAD_PROTOCOL }
  | { readonly type: 'start' | 'clear' | 'stop' };

/** One sample: x and y in hundredths of a millimetre from the upper left, microseconds since `started`, force 0..65535 or null, tilt in degrees. */
export type LocalPadPoint = readonly [
  x: number,
  y: number,
  t: number,
  force?: number | null,
  tiltX?: number,
  tiltY?: number,
];

/** What the service sends. */
export type LocalPadMessage =
  | {
      readonly type: 'ready';
      readonly protocol: string;
      readonly model: string;
      readonly serial?: string;
      /** Writing area in millimetres. */
      readonly widthMm: number;
      readonly heightMm: number;
      readonly rateHz?: number;
      readonly maxPressure?: number;
    }
  | { readonly type: 'started' | 'cleared' }
  /** Points of the stroke that goes on, or of a new one after `up`. `seq` counts `samples` messages from 0 without holes. */
  | { readonly type: 'samples'; readonly seq: number; readonly points: readonly LocalPadPoint[] }
  | { readonly type: 'up' }
  | { readonly type: 'key'; readonly key: 'confirm' | 'clear' | 'cancel' }
  | { readonly type: 'error'; readonly code: 'no-pad' | 'busy' | 'lost' | 'unsupported' };
