import { onAbort, Scope, type Clock, type LinkedAbort } from '@anjuan/core';
import { signError } from '../../errors/sign-codes.js';
import type { InkDevice, InkEvent } from '../../ink/ink.js';
import { barOf, drawBar, layButtons, type PadButton } from './buttons.js';
import type { ReportDecryptor } from './encryption.js';
import { encodeRectangle, encodeSession, type StuCapability, type StuRectangle } from './feature-reports.js';
import type { StuHid, StuHidDevice, StuInputReport } from './hid-types.js';
import { encodePicture, type EncodedPicture } from './images.js';
import type { StuModel } from './models.js';
import {
  decodeDecryptedReport,
  decodePenReport,
  isEncryptedPenReport,
  isPenReport,
  requireLength,
  type StuPenPoint,
} from './pen-reports.js';
import { PenToInk, type StuStatistics } from './pen-to-ink.js';
import { reportIds } from './report-ids.js';
import { keepSettings } from './settings.js';
import type { StuInkSession, StuInkSourceOptions } from './stu-ink-source.js';
import { StuTablet } from './stu-tablet.js';

/** What a session is made of. */
export interface StuSessionParts {
  readonly device: StuHidDevice;
  readonly model: StuModel;
  readonly hid: StuHid;
  readonly link: LinkedAbort;
  readonly onEvent: (event: InkEvent) => void;
  readonly onGap: (missingReports: number) => void;
  readonly clock: Clock;
  readonly wishes: StuInkSourceOptions;
}

/** An open tablet: set up, listened to, given back. */
export class StuSession implements StuInkSession {
  readonly #parts: StuSessionParts;
  readonly #tablet: StuTablet;
  readonly #scope = new Scope();
  #device: InkDevice = { kind: 'tablet' };
  #capability: StuCapability | undefined;
  #buttons: readonly PadButton[] = [];
  #bar: { readonly picture: EncodedPicture; readonly area: StuRectangle; readonly whole: boolean } | undefined;
  #pen: PenToInk | undefined;
  #decrypt: ReportDecryptor | undefined;
  #session = 0;
  #inOrder: Promise<void> = Promise.resolve();
  #commands: Promise<void> = Promise.resolve();
  #closing: Promise<void> | undefined;

  constructor(parts: StuSessionParts) {
    this.#parts = parts;
    this.#tablet = new StuTablet(parts.device, parts.clock, parts.link.signal);
  }

  get device(): InkDevice {
    return this.#device;
  }

  get width(): number {
    return this.#hundredths(this.#capability?.maxX);
  }

  get height(): number {
    return this.#hundredths(this.#capability?.maxY);
  }

  get statistics(): StuStatistics {
    return this.#pen?.statistics ?? { reports: 0, missing: 0 };
  }

  /** Asks what it is, sets it up, and lets the pen write. */
  async start(): Promise<void> {
    const { device, hid, link, wishes, model, onEvent, onGap } = this.#parts;
    this.#scope.defer(onAbort(link.signal, () => void this.close()));
    this.#scope.listen(hid, 'disconnect', (event) => {
      if ((event as Event & { readonly device?: unknown }).device === device) this.#lose();
    });
    const tablet = this.#tablet;
    await tablet.settle();
    const information = await tablet.information();
    const capability = (this.#capability = await tablet.capability());
    const serial = await tablet.serial();
    this.#device = {
      kind: 'tablet',
      model: information.model || model.name,
      ...(serial !== undefined && { serial }),
      rateHz: capability.rateHz,
      maxPressure: capability.maxPressure,
    };
    if (wishes.settings) await keepSettings(tablet, wishes.settings, model.encryption === 2);
    const mode = { none: undefined, time: 1, 'time-and-sequence': 3 }[model.option];
    if (mode !== undefined) await tablet.keep(reportIds.penDataOptionMode, [mode]);
    if (wishes.keys ?? true) this.#buttons = layButtons(capability);
    const threshold = await tablet.threshold();
    this.#pen = new PenToInk({ capability, threshold, buttons: this.#buttons, onEvent, onGap });
    await this.#prepareBar(capability);
    await tablet.clear();
    await this.#showBar();
    this.#scope.listen(device, 'inputreport', (event) => this.#take(event as StuInputReport));
    if (wishes.encryption === 'required') this.#decrypt = await (await import('./encryption.js')).agreeOnKey(tablet);
    await this.#write();
  }

  /** Wipes what was written; the keys stay. */
  clear(): Promise<void> {
    const work = this.#commands.then(async () => {
      const { capability, top } = this.#writing();
      // Reports under way belong to the old session.
      this.#session = 0;
      await this.#tablet.endCapture();
      await this.#tablet.set(reportIds.inkingMode, [0]);
      if (this.#parts.model.areas) {
        await this.#tablet.clear({ x1: 0, y1: 0, x2: capability.screenWidth - 1, y2: top - 1 });
      } else {
        await this.#tablet.clear();
        await this.#showBar();
      }
      await this.#write();
    });
    this.#commands = work.catch(() => undefined);
    return work;
  }

  close(): Promise<void> {
    this.#closing ??= this.#giveBack();
    return this.#closing;
  }

  async #giveBack(): Promise<void> {
    const { device, link } = this.#parts;
    this.#scope.dispose();
    link.release();
    const quiet = (work: () => Promise<void>): Promise<void> => work().catch(() => undefined);
    if (device.opened) {
      const send = (id: number, byte: number) => quiet(() => device.sendFeatureReport(id, Uint8Array.of(byte)));
      if (this.#decrypt) await send(reportIds.endCapture, 0);
      await send(reportIds.inkingMode, 0);
      await send(reportIds.clearScreen, 0);
    }
    await quiet(() => device.close());
  }

  /** Inking on, and with encryption a new session that the reports must name. */
  async #write(): Promise<void> {
    const { capability, top } = this.#writing();
    if (this.#parts.model.areas) {
      const area = { x1: 0, y1: 0, x2: capability.screenWidth - 1, y2: top - 1 };
      await this.#tablet.keep(reportIds.handwritingDisplayArea, encodeRectangle(area));
    }
    await this.#tablet.set(reportIds.inkingMode, [1]);
    if (!this.#decrypt) return;
    const session = (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) || 1;
    await this.#tablet.set(reportIds.startCapture, encodeSession(session));
    this.#session = session;
  }

  #writing(): { readonly capability: StuCapability; readonly top: number } {
    const capability = this.#capability;
    if (!capability) throw signError('pad-lost');
    return { capability, top: this.#bar ? this.#bar.area.y1 : capability.screenHeight };
  }

  async #prepareBar(capability: StuCapability): Promise<void> {
    if (this.#buttons.length === 0) return;
    const { wishes, model } = this.#parts;
    const area = barOf(this.#buttons, capability);
    const size = { widthPx: area.x2 - area.x1 + 1, heightPx: area.y2 - area.y1 + 1 };
    const bar =
      wishes.drawKeys?.(size) ?? drawBar({ buttons: this.#buttons, bar: area, locale: wishes.locale ?? 'zh-CN' });
    if (bar.width !== size.widthPx || bar.height !== size.heightPx) {
      throw signError('pad-unsupported', { details: { reason: 'picture-size' } });
    }
    const shown = model.areas ? bar : onWhiteScreen(bar, capability, area);
    this.#bar = { picture: await encodePicture(shown, capability.encodingFlag), area, whole: !model.areas };
  }

  async #showBar(): Promise<void> {
    const bar = this.#bar;
    if (!bar) return;
    await this.#tablet.set(reportIds.inkingMode, [0]);
    await this.#tablet.show(bar.picture, this.#parts.model.blockBytes, bar.whole ? undefined : bar.area);
  }

  #take({ reportId, data }: StuInputReport): void {
    if (!isPenReport(reportId)) return;
    const arrivedMs = this.#parts.clock.now();
    const meaning = 'time';
    try {
      if (!isEncryptedPenReport(reportId)) {
        // With a key agreed, plain points are not from this session.
        if (!this.#decrypt) this.#points(decodePenReport(reportId, data, meaning), arrivedMs);
        return;
      }
      requireLength(reportId, data);
    } catch {
      return this.#lose();
    }
    const decrypt = this.#decrypt;
    const session = this.#session;
    if (!decrypt || session === 0) return;
    const block = new Uint8Array(data.buffer, data.byteOffset, 16).slice();
    this.#inOrder = this.#inOrder
      .then(async () => {
        const plain = await decrypt(block);
        this.#points(decodeDecryptedReport(reportId, plain, data, { session, meaning }), arrivedMs);
      })
      .catch(() => this.#lose());
  }

  #points(points: readonly StuPenPoint[], arrivedMs: number): void {
    if (this.#scope.disposed) return;
    for (const point of points) this.#pen?.point(point, arrivedMs);
  }

  /** The tablet is gone or talks nonsense: what was written stays, the session ends. */
  #lose(): void {
    if (this.#scope.disposed) return;
    this.#pen?.drop();
    this.#parts.onEvent({ type: 'lost' });
    this.#parts.link.abort(signError('pad-lost'));
  }

  #hundredths(units = 0): number {
    return Math.round((units * 2540) / (this.#capability?.resolution ?? 2540));
  }
}

/** Models without areas get a whole screen: white, with the bar at its place. */
function onWhiteScreen(
  bar: { readonly width: number; readonly height: number; readonly data: Uint8Array | Uint8ClampedArray },
  { screenWidth, screenHeight }: StuCapability,
  area: StuRectangle,
) {
  const data = new Uint8Array(screenWidth * screenHeight * 4).fill(255);
  data.set(bar.data, area.y1 * screenWidth * 4);
  return { width: screenWidth, height: screenHeight, data };
}
