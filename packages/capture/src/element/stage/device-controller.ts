import { AnjuanError, Scope } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { FrameControl, FrameDevice, FrameSession, FrameSource } from '../../devices/frame-source.js';

/** The device whose picture is shown. */
export type DeviceState =
  | { readonly status: 'off' }
  | { readonly status: 'opening'; readonly device: FrameDevice | undefined }
  | { readonly status: 'live'; readonly session: FrameSession }
  | { readonly status: 'failed'; readonly error: AnjuanError; readonly device: FrameDevice | undefined };

/** A device and the source that opens it. */
export interface ListedDevice {
  readonly device: FrameDevice;
  readonly source: FrameSource;
}

/** A source with nothing to show, and why. */
export interface SourceObstacle {
  readonly source: FrameSource;
  readonly error: AnjuanError;
}

/** Whom the controller tells. */
export interface DeviceParts {
  readonly changed: () => void;
  readonly report: (error: AnjuanError) => void;
  /** A failure that the state `failed` shows. */
  readonly reportShown: (error: AnjuanError) => void;
}

/** Finds devices over all sources, opens one at a time, and notices when it goes away. */
export class DeviceController {
  readonly #changed: () => void;
  readonly #report: (error: AnjuanError) => void;
  readonly #reportShown: (error: AnjuanError) => void;
  #scope = new Scope();
  #sources: readonly FrameSource[] = [];
  #opened: FrameSession | undefined;
  state: DeviceState = { status: 'off' };
  devices: readonly ListedDevice[] = [];
  obstacles: readonly SourceObstacle[] = [];

  constructor(parts: DeviceParts) {
    this.#changed = parts.changed;
    this.#report = parts.report;
    this.#reportShown = parts.reportShown;
  }

  get sources(): readonly FrameSource[] {
    return this.#sources;
  }

  get session(): FrameSession | undefined {
    return this.state.status === 'live' ? this.state.session : undefined;
  }

  /** Looks for devices, and opens the preferred one when the browser has granted it before (then it has a name). */
  async start(sources: readonly FrameSource[]): Promise<void> {
    this.stop();
    this.#scope = new Scope();
    this.#sources = sources;
    for (const source of sources) {
      this.#scope.defer(source.watch(() => void this.refresh()));
    }
    await this.refresh(() => {
      const known = this.#preferred((device) => device.label !== '');
      if (known && this.state.status === 'off') void this.open(known);
    });
  }

  stop(): void {
    this.#scope.dispose();
    this.#closeSession();
    this.#sources = [];
    this.devices = [];
    this.obstacles = [];
    this.state = { status: 'off' };
  }

  /** Lists all sources side by side; `listed` is called after each. */
  async refresh(listed: () => void = () => undefined): Promise<void> {
    const { signal } = this.#scope;
    const found = new Map<FrameSource, readonly ListedDevice[]>();
    const obstacles = new Map<FrameSource, AnjuanError>();
    // A scanner that is switched off holds up no camera.
    const look = async (source: FrameSource): Promise<void> => {
      try {
        found.set(
          source,
          (await source.list({ signal })).map((device) => ({ device, source })),
        );
      } catch (cause) {
        const error = AnjuanError.is(cause) ? cause : new AnjuanError('unexpected', { cause });
        if (error.code !== 'aborted') obstacles.set(source, error);
      }
      if (signal.aborted) return;
      this.devices = this.#sources.flatMap(
        (each) => found.get(each) ?? this.devices.filter(({ source: of }) => of === each && !obstacles.has(each)),
      );
      this.obstacles = [...obstacles].map(([from, error]) => ({ source: from, error }));
      this.#changed();
      listed();
    };
    await Promise.all(this.#sources.map(look));
  }

  /** Opens what a person most likely means: the preferred camera, even when the browser still hides its name. */
  async openPreferred(): Promise<void> {
    await this.refresh();
    const found = this.#preferred(() => true);
    if (found) return this.open(found);
    // Somebody asked for a picture: nothing to open is an answer, too.
    this.#fail(this.obstacles[0]?.error ?? captureError('camera-not-found'), undefined);
  }

  async open({ device, source }: ListedDevice): Promise<void> {
    const scope = this.#scope;
    this.#closeSession();
    this.#set({ status: 'opening', device });
    try {
      const session = await source.open(device.deviceId, { signal: scope.signal });
      if (scope.disposed || this.state.status !== 'opening') return session.close();
      this.#opened = session;
      void this.#followEnd(session);
      this.#set({ status: 'live', session });
      await this.refresh();
    } catch (cause) {
      const error = AnjuanError.is(cause) ? cause : new AnjuanError('unexpected', { cause });
      if (error.code === 'aborted' || scope.disposed) return;
      this.#fail(error, device);
    }
  }

  /** Lets the person choose a device in the browser's own list. */
  async request(source: FrameSource): Promise<void> {
    try {
      const device = await source.request?.();
      if (device) await this.open({ device, source });
    } catch (cause) {
      if (AnjuanError.is(cause, 'chooser-cancelled') || AnjuanError.is(cause, 'aborted')) return;
      const error = AnjuanError.is(cause) ? cause : new AnjuanError('unexpected', { cause });
      this.#report(error);
    }
  }

  turnOff(): void {
    this.#closeSession();
    this.#set({ status: 'off' });
  }

  async setControl(name: FrameControl['name'], value: number | boolean): Promise<void> {
    try {
      await this.session?.setControl(name, value);
    } catch (cause) {
      if (AnjuanError.is(cause) && cause.code !== 'aborted') this.#report(cause);
    }
    this.#changed();
  }

  #preferred(fits: (device: FrameDevice) => boolean): ListedDevice | undefined {
    const cameras = this.devices.filter(({ device }) => device.kind === 'camera' && fits(device));
    const pool =
      cameras.length > 0 ? cameras : this.devices.filter(({ device }) => device.kind !== 'file' && fits(device));
    return pool.find(({ device }) => device.preferred) ?? pool[0];
  }

  async #followEnd(session: FrameSession): Promise<void> {
    const error = await session.ended;
    if (this.#opened !== session) return;
    this.#opened = undefined;
    if (error) this.#fail(error, session.device);
    else this.#set({ status: 'off' });
  }

  #fail(error: AnjuanError, device: FrameDevice | undefined): void {
    this.#reportShown(error);
    this.#set({ status: 'failed', error, device });
  }

  #closeSession(): void {
    const session = this.#opened;
    this.#opened = undefined;
    session?.close();
  }

  #set(state: DeviceState): void {
    this.state = state;
    this.#changed();
  }
}
