import type { AccessEnvironment, DeviceApi } from '../devices/access/environment.js';
import type { FrameGrabber, FrameLight } from '../devices/camera/frame-grabber.js';
import type { CameraCapabilities, CameraDevices, CameraSettings } from '../devices/camera/media-devices.js';

/** One lens that the fake computer has. */
export interface FakeLens {
  readonly deviceId: string;
  readonly label: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Further capabilities: focus, torch, zoom. */
  readonly capabilities?: CameraCapabilities;
  /** The widest mode that the driver starts; wider ones are NotReadableError. */
  readonly startsUpToPx?: number;
}

/** What goes wrong with the next `getUserMedia`, once or until taken away. */
export type FakeRefusal = { readonly name: string; readonly message?: string; readonly constraint?: string };

/** Browser features of the fake. */
export interface FakeCameraOptions {
  readonly lenses?: readonly FakeLens[];
  /** Ids and labels are hidden until the first stream. Default false. */
  readonly hidden?: boolean;
  /** Knows `resizeMode`. Default true; without it `{exact: 'none'}` is overconstrained and pictures are cropped. */
  readonly resizeMode?: boolean;
}

/** A document camera as vendors build it: main lens of 13 megapixel and a side lens. */
export const DOCUMENT_CAMERA: readonly FakeLens[] = [
  { deviceId: 'side', label: 'USB Camera', widthPx: 1600, heightPx: 1200 },
  {
    deviceId: 'main',
    label: 'USB Camera',
    widthPx: 4208,
    heightPx: 3120,
    capabilities: {
      focusMode: ['manual', 'continuous'],
      focusDistance: { min: 0, max: 1023, step: 1 },
      exposureMode: ['manual', 'continuous'],
      exposureTime: { min: 1, max: 5000, step: 1 },
      brightness: { min: -64, max: 64, step: 1 },
      zoom: { min: 1, max: 4, step: 0.1 },
      torch: true,
    },
  },
];

/** Cameras of a computer, spoken to as through `navigator.mediaDevices`. */
export class FakeCameras extends EventTarget {
  readonly running = new Set<FakeTrack>();
  /** Constraints of each getUserMedia call. */
  readonly asked: MediaTrackConstraints[] = [];
  refusals: FakeRefusal[] = [];
  /** Grey level of frames; 0 is a closed lens cover. */
  level = 200;
  /** Frames stop coming. */
  frozen = false;
  #lenses: FakeLens[];
  #hidden: boolean;
  readonly #resizeMode: boolean;

  constructor({ lenses = DOCUMENT_CAMERA, hidden = false, resizeMode = true }: FakeCameraOptions = {}) {
    super();
    this.#lenses = [...lenses];
    this.#hidden = hidden;
    this.#resizeMode = resizeMode;
  }

  /** For `createCameraSource({ mediaDevices })`. */
  get mediaDevices(): CameraDevices {
    return this as unknown as CameraDevices;
  }

  /** Frames of a size, without pictures in them. */
  get grabber(): FrameGrabber {
    return {
      grab: async (stream, { signal }) => {
        await Promise.resolve();
        if (this.frozen) await new Promise((resolve) => signal.addEventListener('abort', resolve));
        const { width = 0, height = 0 } = stream.getVideoTracks()[0]?.getSettings() ?? {};
        const close = (): void => undefined;
        return { width, height, close } as ImageBitmap;
      },
      light: (): FrameLight => ({ mean: this.level, max: this.level }),
    };
  }

  async enumerateDevices(): Promise<MediaDeviceInfo[]> {
    const shown = this.#hidden ? this.#lenses.slice(0, 1) : this.#lenses;
    return shown.map((lens) => this.#describe(lens));
  }

  async getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream> {
    const video = constraints.video as MediaTrackConstraints;
    this.asked.push(video);
    await Promise.resolve();
    const refusal = this.refusals.shift();
    if (refusal) throw refusalError(refusal);
    if (!this.#resizeMode && 'resizeMode' in video) throw overconstrained('resizeMode');
    const lens = this.#lensFor(video);
    const asked = idealOf(video.width);
    if (lens.startsUpToPx !== undefined && Math.min(asked, lens.widthPx) > lens.startsUpToPx)
      throw new DOMException('Could not start video source', 'NotReadableError');
    this.#hidden = false;
    const track = new FakeTrack(lens, settingsFor(lens, video, { resizeMode: this.#resizeMode }), this.running);
    return { getTracks: () => [track], getVideoTracks: () => [track], active: true } as unknown as MediaStream;
  }

  /** Pulls the cable. */
  unplug(deviceId: string): void {
    this.#lenses = this.#lenses.filter((lens) => lens.deviceId !== deviceId);
    for (const track of this.running) if (track.lens.deviceId === deviceId) track.lose();
    this.dispatchEvent(new Event('devicechange'));
  }

  plug(lens: FakeLens): void {
    this.#lenses.push(lens);
    this.dispatchEvent(new Event('devicechange'));
  }

  #lensFor({ deviceId }: MediaTrackConstraints): FakeLens {
    const wanted = (deviceId as { exact?: string } | undefined)?.exact;
    const lens = wanted === undefined ? this.#lenses[0] : this.#lenses.find((one) => one.deviceId === wanted);
    if (lens) return lens;
    throw wanted === undefined
      ? new DOMException('Requested device not found', 'NotFoundError')
      : overconstrained('deviceId');
  }

  #describe(lens: FakeLens): MediaDeviceInfo {
    const shown = this.#hidden ? { deviceId: '', label: '' } : { deviceId: lens.deviceId, label: lens.label };
    const getCapabilities = (): CameraCapabilities => (this.#hidden ? {} : capabilitiesFor(lens));
    return { ...shown, kind: 'videoinput', groupId: '', getCapabilities } as unknown as MediaDeviceInfo;
  }
}

/** A running track of the fake. */
export class FakeTrack extends EventTarget {
  readonly kind = 'video';
  readyState: 'live' | 'ended' = 'live';
  #settings: CameraSettings;

  constructor(
    readonly lens: FakeLens,
    settings: CameraSettings,
    readonly running: Set<FakeTrack>,
  ) {
    super();
    this.#settings = settings;
    running.add(this);
  }

  get label(): string {
    return this.lens.label;
  }

  getSettings(): CameraSettings {
    return this.#settings;
  }

  getCapabilities(): CameraCapabilities {
    return capabilitiesFor(this.lens);
  }

  async applyConstraints(constraints: { readonly advanced?: readonly object[] }): Promise<void> {
    for (const set of constraints.advanced ?? []) this.#settings = { ...this.#settings, ...set };
  }

  stop(): void {
    this.readyState = 'ended';
    this.running.delete(this);
  }

  /** Ends by itself, which is when tracks say so. */
  lose(): void {
    this.stop();
    this.dispatchEvent(new Event('ended'));
  }
}

/** What a page may do, as tests want it; default: everything. */
export function fakeEnvironment(options: Partial<FakeEnvironment> = {}): AccessEnvironment {
  const { apis = ['camera', 'hid', 'usb', 'serial'], policy = {}, permissions = {}, paired = [] } = options;
  const { secure = true, embedded = false, local = false } = options;
  return {
    secure,
    embedded,
    local,
    has: (api) => apis.includes(api),
    allowsFeature: (feature) => policy[feature],
    paired: (api) => Promise.resolve(paired.includes(api)),
    permission: (name) => Promise.resolve(permissions[name]),
  };
}

/** Facts of `fakeEnvironment`. */
export interface FakeEnvironment {
  readonly secure: boolean;
  readonly embedded: boolean;
  readonly local: boolean;
  readonly apis: readonly DeviceApi[];
  /** Chosen before. */
  readonly paired: readonly DeviceApi[];
  readonly policy: Readonly<Record<string, boolean>>;
  readonly permissions: Readonly<Record<string, PermissionState>>;
}

function capabilitiesFor({ widthPx, heightPx, capabilities, deviceId }: FakeLens): CameraCapabilities {
  return { deviceId, width: { min: 1, max: widthPx }, height: { min: 1, max: heightPx }, ...capabilities };
}

/** Like Chromium: without `resizeMode: none` the wanted size is cut out of the native one. */
function settingsFor(
  { deviceId, widthPx, heightPx, capabilities }: FakeLens,
  video: MediaTrackConstraints,
  { resizeMode }: { readonly resizeMode: boolean },
): CameraSettings {
  const whole = 'resizeMode' in video;
  const width = Math.min(idealOf(video.width), widthPx);
  const height = Math.min(idealOf(video.height), heightPx);
  const cut = width < widthPx || height < heightPx;
  return {
    deviceId,
    width: whole ? Math.min(widthPx, Math.max(width, Math.round((height * widthPx) / heightPx))) : width,
    height: whole ? Math.min(heightPx, Math.max(height, Math.round((width * heightPx) / widthPx))) : height,
    frameRate: 10,
    ...(resizeMode && { resizeMode: whole || !cut ? 'none' : 'crop-and-scale' }),
    ...(capabilities?.focusMode && { focusMode: 'continuous', focusDistance: 100 }),
    ...(capabilities?.exposureMode && { exposureMode: 'continuous', exposureTime: 100 }),
    ...(capabilities?.brightness && { brightness: 0 }),
    ...(capabilities?.zoom && { zoom: 1 }),
    ...(capabilities?.torch === true && { torch: false }),
  };
}

const idealOf = (value: ConstrainULong | undefined): number =>
  typeof value === 'object' ? (value.ideal ?? 640) : (value ?? 640);

function overconstrained(constraint: string): Error {
  return Object.assign(new Error('overconstrained'), { name: 'OverconstrainedError', constraint });
}

function refusalError({ name, message = name, constraint }: FakeRefusal): Error {
  return constraint === undefined ? new DOMException(message, name) : overconstrained(constraint);
}
