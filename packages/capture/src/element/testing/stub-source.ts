import type { AnjuanError } from '@anjuan/core';
import type {
  CapturedPicture,
  FrameControl,
  FrameDevice,
  FramePreview,
  FrameSession,
  FrameSource,
  FrameWarning,
} from '../../devices/frame-source.js';
import { drawnDesk, drawnPage } from './drawn-pages.js';

const CAMERA: FrameDevice = { deviceId: 'camera-1', kind: 'camera', label: 'Document camera', preferred: true };

/** A desk with a camera above it: one drawn page after another. */
export class StubSource implements FrameSource {
  readonly name = 'stub';
  devices: readonly FrameDevice[] = [CAMERA];
  /** `list` or `open` end with this. */
  listError: AnjuanError | undefined;
  openError: AnjuanError | undefined;
  /** `scanner`: no live view, all pages of the feeder in one capture. */
  kind: 'camera' | 'scanner' = 'camera';
  feeder = 3;
  /** Number of the page on the desk; the next capture gives it, then the next page lies there. */
  next = 1;
  /** Pictures instead of drawn pages. */
  pictures: Blob[] = [];
  captureError: AnjuanError | undefined;
  warnings: readonly FrameWarning[] = [];
  controls: readonly FrameControl[] = [];
  opened = 0;
  closed = 0;
  readonly #listeners = new Set<() => void>();
  readonly #painters = new Set<() => void>();
  #end: ((error: AnjuanError | undefined) => void) | undefined;

  async list(): Promise<readonly FrameDevice[]> {
    if (this.listError) throw this.listError;
    return this.devices;
  }

  async open(deviceId: string): Promise<FrameSession> {
    if (this.openError) throw this.openError;
    this.opened += 1;
    const device = this.devices.find((known) => known.deviceId === deviceId) ?? CAMERA;
    const ended = new Promise<AnjuanError | undefined>((resolve) => (this.#end = resolve));
    return {
      device,
      widthPx: 1280,
      heightPx: 960,
      warnings: this.warnings,
      controls: this.controls,
      preview: this.kind === 'scanner' ? { kind: 'none' } : this.#preview(),
      capture: () => this.#capture(),
      setControl: async (name, value) => {
        this.controls = this.controls.map((control) => (control.name === name ? { ...control, value } : control));
      },
      ended,
      close: () => {
        this.closed += 1;
        this.#painters.clear();
        this.#end?.(undefined);
      },
    };
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The cable is pulled. */
  unplug(error: AnjuanError): void {
    this.#end?.(error);
  }

  /** Devices came or went. */
  setDevices(devices: readonly FrameDevice[]): void {
    this.devices = devices;
    for (const listener of this.#listeners) listener();
  }

  #preview(): FramePreview {
    const frames = new ReadableStream<ImageBitmap>({
      start: (controller) => {
        const paint = (): void => controller.enqueue(drawnDesk(this.next));
        this.#painters.add(paint);
        paint();
      },
      cancel: () => this.#painters.clear(),
    });
    return { kind: 'frames', frames };
  }

  async *#capture(): AsyncGenerator<CapturedPicture> {
    const count = this.kind === 'scanner' ? this.feeder : 1;
    for (let page = 0; page < count; page += 1) {
      if (this.captureError) throw this.captureError;
      const bytes = this.pictures.shift() ?? (await drawnPage(this.next));
      this.next += 1;
      for (const paint of this.#painters) paint();
      yield { kind: 'bytes', bytes, dpi: 200 };
    }
  }
}
