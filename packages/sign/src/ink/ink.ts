/** One moment of the pen, as it was delivered; nothing is smoothed or dropped. */
export interface InkSample {
  /** Hundredths of a millimetre from the left edge of the pad. */
  readonly x: number;
  /** Hundredths of a millimetre from the top edge of the pad. */
  readonly y: number;
  /** Microseconds since the first sample of the whole ink, never falling. */
  readonly t: number;
  /** Force 0..65535; absent when the device has none. */
  readonly f?: number;
  /** Tilt in degrees, -90..90. */
  readonly tx?: number;
  readonly ty?: number;
}

/** Pen down to pen up. */
export interface InkStroke {
  readonly samples: readonly InkSample[];
}

/** How and on what it was written. */
export interface InkDevice {
  readonly kind: 'pen' | 'touch' | 'mouse' | 'tablet' | 'service' | 'typed' | 'stamped';
  /** Model as the device names itself. */
  readonly model?: string;
  readonly serial?: string;
  /** Reports per second, when the device tells. */
  readonly rateHz?: number;
  readonly maxPressure?: number;
}

/** Handwriting as evidence (笔迹): raw samples; every picture of it is a view. */
export interface Ink {
  readonly schema: 'ink/1';
  /** Size of the writing area in hundredths of a millimetre. */
  readonly width: number;
  readonly height: number;
  readonly device: InkDevice;
  readonly strokes: readonly InkStroke[];
}

/** Where samples come from: pointer events, a Wacom tablet, a local service. */
export interface InkSource {
  /** Starts a session; `onEvent` is called in order until the signal aborts. Errors: `pad-not-found`, `pad-busy`, `pad-lost`, `pad-service-missing`, ... */
  open(options: { readonly signal: AbortSignal; readonly onEvent: (event: InkEvent) => void }): Promise<InkSession>;
}

/** What a source reports. Coordinates are as in `InkSample`. */
export type InkEvent =
  | { readonly type: 'down' | 'move'; readonly samples: readonly InkSample[] }
  | { readonly type: 'up' }
  /** Keys on the device itself. */
  | { readonly type: 'confirm' | 'clear' | 'cancel' }
  | { readonly type: 'lost' };

/** An open pad. */
export interface InkSession {
  readonly device: InkDevice;
  /** Writing area in hundredths of a millimetre. */
  readonly width: number;
  readonly height: number;
  /** Wipes the pad's own screen. */
  clear(): Promise<void>;
  /** Gives the device back. */
  close(): Promise<void>;
}
