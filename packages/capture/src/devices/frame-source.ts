import type { AnjuanError } from '@anjuan/core';

/** What kind of thing delivers pictures. */
export type FrameDeviceKind = 'camera' | 'service' | 'scanner' | 'still-camera' | 'file';

/** One device that can be opened. */
export interface FrameDevice {
  /** Stable while the page lives; opaque. */
  readonly deviceId: string;
  readonly kind: FrameDeviceKind;
  /** As the device calls itself; for people. May be empty before permission is given. */
  readonly label: string;
  /** The main lens of a document camera, the feeder of a scanner: what is opened first. */
  readonly preferred: boolean;
  /** Scanners: where the paper lies; each input is a device of its own. */
  readonly input?: 'platen' | 'feeder' | 'feeder-duplex';
}

/** A setting that the opened device offers. */
export interface FrameControl {
  readonly name: 'focus' | 'exposure' | 'torch' | 'zoom' | 'white-balance' | 'brightness' | 'lens';
  readonly value: number | boolean;
  /** For numbers. */
  readonly range?: { readonly min: number; readonly max: number; readonly step: number };
  /** For focus and exposure: the device can find the value itself. */
  readonly automatic?: boolean;
}

/** Something the operator should know although pictures come. */
export interface FrameWarning {
  /** `cropped`: the browser or driver cuts the picture; `low-resolution`: a larger mode exists but was refused. */
  readonly kind: 'cropped' | 'low-resolution' | 'slow';
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A full picture. `bytes` as the device made them, else a bitmap that the receiver closes. */
export type CapturedPicture =
  | { readonly kind: 'bytes'; readonly bytes: Blob; readonly dpi?: number }
  | { readonly kind: 'bitmap'; readonly bitmap: ImageBitmap | VideoFrame; readonly dpi?: number };

/** The live view. */
export type FramePreview =
  | { readonly kind: 'media-stream'; readonly stream: MediaStream }
  | { readonly kind: 'frames'; readonly frames: ReadableStream<ImageBitmap> }
  | { readonly kind: 'none' };

/** Options of one capture. */
export interface FrameCaptureOptions {
  readonly signal?: AbortSignal;
}

/** An opened device; `close()` gives everything back. */
export interface FrameSession {
  readonly device: FrameDevice;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly warnings: readonly FrameWarning[];
  readonly controls: readonly FrameControl[];
  readonly preview: FramePreview;
  /**
   * One picture of a camera, all pages of a feeder or a file. Ends early without loss when the device goes away: what came is
   * delivered, then the error is thrown.
   */
  capture(options?: FrameCaptureOptions): AsyncIterable<CapturedPicture>;
  setControl(name: FrameControl['name'], value: number | boolean): Promise<void>;
  /** Resolves with the reason when the device goes away by itself (unplugged, stolen); never rejects. */
  readonly ended: Promise<AnjuanError | undefined>;
  close(): void;
}

/** Options of opening. */
export interface FrameOpenOptions {
  readonly signal?: AbortSignal;
}

/**
 * One way to pictures. The conformance suite in `testing` holds for each. Errors of all calls: the `camera-*`, `device-*`,
 * `service-*`, `scanner-*` codes, `permission-policy-blocked`, `insecure-context`, `feature-missing`, `chooser-cancelled`, `aborted`.
 */
export interface FrameSource {
  readonly name: string;
  /** Devices that can be opened now, the preferred one first. */
  list(options?: { readonly signal?: AbortSignal }): Promise<readonly FrameDevice[]>;
  /** For WebUSB and the like: the browser's chooser; needs a user gesture. Absent where nothing is to be chosen. */
  request?(): Promise<FrameDevice>;
  open(deviceId: string, options?: FrameOpenOptions): Promise<FrameSession>;
  /** Calls back when devices come or go. Returns the end of it. */
  watch(listener: () => void): () => void;
}
