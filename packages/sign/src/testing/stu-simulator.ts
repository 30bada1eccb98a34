import type { StuHid, StuHidDevice } from '../tablets/stu/hid-types.js';
import { mayBeSet, reportIds, resultCodes, statusCodes } from '../tablets/stu/report-ids.js';
import { StuCrypto } from './stu-crypto.js';
import type { StuTracePoint } from './stu-trace.js';

/** What a simulated tablet is. */
export interface FakeStuOptions {
  /** Default 0xa8, an STU-540. */
  readonly productId?: number;
  readonly serial?: string;
  /** Milliseconds of its own counter at start. Default 0; high values let it wrap soon. */
  readonly startCount?: number;
  /** How many status requests it answers "calculating" after work. Default 0. */
  readonly busyPolls?: number;
}

interface Shape {
  readonly model: string;
  readonly capability: readonly number[];
  readonly reports: readonly number[];
}

const be16 = (value: number): number[] => [(value >> 8) & 255, value & 255];
const capability = (x: number, y: number, pressure: number, wide: number, high: number, flag: number): number[] => [
  ...[x, y, pressure, wide, high].flatMap(be16),
  ...[200, ...be16(2540), flag, 0, 0],
];
const common = [0x03, 0x04, 0x08, 0x09, 0x0a, 0x15, 0x16, 0x20, 0x21, 0x22, 0x25, 0x26, 0x27];
const v1 = [0x13, 0x14, 0x1a, 0x1b];
const v2 = [0x0b, 0x23, 0x24, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x32, 0x40, 0x50];
const shapes: Readonly<Record<number, Shape>> = {
  0xa2: { model: 'STU-300', capability: capability(9900, 2500, 511, 396, 100, 2), reports: [...common, ...v1] },
  0xa3: {
    ...{ model: 'STU-520A', capability: capability(10400, 6500, 1023, 800, 480, 6) },
    reports: [...common, ...v1, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x32],
  },
  0xa4: { model: 'STU-430', capability: capability(9600, 6000, 1023, 320, 200, 3), reports: [...common, ...v2] },
  0xa5: { model: 'STU-530', capability: capability(10800, 6480, 1023, 800, 480, 14), reports: [...common, ...v2] },
  0xa8: {
    ...{ model: 'STU-540', capability: capability(10800, 6480, 1023, 800, 480, 14) },
    reports: [...common, ...v2, 0x0e, 0x0f],
  },
  0xa9: { model: 'STU-541', capability: capability(10800, 6480, 1023, 800, 480, 14), reports: common },
};

/** A `HIDDevice` that answers as an STU does: by report, by state, with "wrong state" where the hardware says so. */
export class FakeStuTablet extends EventTarget implements StuHidDevice {
  readonly vendorId = 0x056a;
  readonly productId: number;
  readonly productName: string;
  /** Another program has it. */
  heldElsewhere = false;
  /** Capabilities that make no sense, or other nonsense in place of a report. */
  readonly garbage = new Map<number, readonly number[]>();
  /** How often each report was set. */
  readonly writes = new Map<number, number>();
  /** What the screen shows: pictures in the order they were completed since the last clearing. */
  readonly screen: { mode: number; area: readonly number[] | undefined; bytes: Uint8Array }[] = [];
  readonly #shape: Shape;
  readonly #serial: string;
  readonly #crypto = new StuCrypto();
  readonly #memory = new Map<number, readonly number[]>();
  readonly #busyPolls: number;
  #opened = false;
  #gone = false;
  #status: number = statusCodes.ready;
  #result: number = resultCodes.none;
  #busy = 0;
  #image: { mode: number; area: readonly number[] | undefined; pieces: number[] } | undefined;
  #session = 0;
  #count: number;
  #sequence = 0;
  #lastCommand: readonly number[] = [];

  constructor(options: FakeStuOptions = {}) {
    super();
    this.productId = options.productId ?? 0xa8;
    const shape = shapes[this.productId];
    if (!shape) throw new RangeError('no such tablet');
    this.#shape = shape;
    this.productName = shape.model;
    this.#serial = options.serial ?? '9900000000001';
    this.#count = options.startCount ?? 0;
    this.#busyPolls = options.busyPolls ?? 0;
    this.#memory.set(reportIds.inkingMode, [0]);
    this.#memory.set(reportIds.inkThreshold, [0x15, 0, 0x10, 0]);
    this.#memory.set(reportIds.penDataOptionMode, [0]);
    this.#memory.set(reportIds.handwritingDisplayArea, [0, 0, 0, 0, 0, 0, 0, 0]);
    this.#memory.set(reportIds.backlight, [3, 0]);
    this.#memory.set(reportIds.contrast, [1, 0]);
    this.#memory.set(reportIds.backgroundColor24, [255, 255, 255]);
    this.#memory.set(reportIds.backgroundColor, [255, 255]);
    this.#memory.set(reportIds.handwritingThicknessColor24, [0, 0, 0, 1]);
    this.#memory.set(reportIds.handwritingThicknessColor, [0, 0, 1]);
    this.#memory.set(reportIds.renderingMode, [0]);
  }

  get opened(): boolean {
    return this.#opened;
  }

  get statusCode(): number {
    return this.#status;
  }

  async open(): Promise<void> {
    if (this.#gone) throw new DOMException('The device was disconnected.', 'NotFoundError');
    if (this.#opened) throw new DOMException('The device is already open.', 'InvalidStateError');
    if (this.heldElsewhere) throw new DOMException('Failed to open the device.', 'NotAllowedError');
    this.#opened = true;
  }

  async close(): Promise<void> {
    this.#opened = false;
  }

  async sendFeatureReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#mustAnswer(reportId);
    this.writes.set(reportId, (this.writes.get(reportId) ?? 0) + 1);
    this.#result = mayBeSet(reportId, this.#status) ? resultCodes.none : resultCodes.wrongState;
    if (this.#result === resultCodes.none) await this.#obey(reportId, [...data]);
  }

  async receiveFeatureReport(reportId: number): Promise<DataView> {
    this.#mustAnswer(reportId);
    const bytes = this.garbage.get(reportId) ?? this.#answer(reportId);
    return new DataView(Uint8Array.of(reportId, ...bytes).buffer);
  }

  /** The pen moves: one report per point, 5 ms apart by the tablet's own counter. `skip` reports are lost on the way. */
  async write(points: readonly StuTracePoint[], options: { readonly skip?: number } = {}): Promise<void> {
    for (const point of points) await this.#report(point, false);
    for (let lost = 0; lost < (options.skip ?? 0); lost += 1) await this.#report({ x: 0, y: 0, pressure: 0 }, true);
  }

  /** Time passes without reports: the pen is away. */
  rest(ms: number): void {
    this.#count = (this.#count + ms) & 0xffff;
  }

  /** Any input report, also one that no tablet would send. */
  raw(reportId: number, bytes: readonly number[]): void {
    if (!this.#opened || this.#gone) return;
    const data = new DataView(Uint8Array.from(bytes).buffer);
    this.dispatchEvent(Object.assign(new Event('inputreport'), { device: this, reportId, data }));
  }

  /** Another program left it in the middle of a picture or a capture. */
  leaveIn(status: 'image' | 'capture'): void {
    this.#status = statusCodes[status];
  }

  unplug(): void {
    this.#gone = true;
    this.#opened = false;
  }

  /** Back again, as after power-up; what is kept without power is kept. */
  plug(): void {
    this.#gone = false;
    this.#status = statusCodes.ready;
    this.#memory.set(reportIds.inkingMode, [0]);
    this.#memory.set(reportIds.penDataOptionMode, [0]);
    this.#crypto.reset();
    this.screen.length = 0;
  }

  async #obey(reportId: number, data: number[]): Promise<void> {
    switch (reportId) {
      case reportIds.startCapture:
        this.#session = data.reduce((sum, byte) => (sum * 256 + byte) >>> 0, 0);
        this.#status = statusCodes.capture;
        return;
      case reportIds.endCapture:
        this.#status = statusCodes.ready;
        return;
      case reportIds.clearScreen:
        this.screen.length = 0;
        return this.#work();
      case reportIds.clearScreenArea:
        return this.#work();
      case reportIds.startImageData:
      case reportIds.startImageDataArea:
        this.#image = {
          mode: data[0] ?? 0,
          area: reportId === reportIds.startImageDataArea ? data.slice(2, 10) : undefined,
          pieces: [],
        };
        this.#status = statusCodes.image;
        return;
      case reportIds.imageDataBlock: {
        const length = (data[0] ?? 0) | ((data[1] ?? 0) << 8);
        if (data.length < length + 2 || length > (this.productId === 0xa8 ? 2557 : 253)) this.#result = 0x15;
        else this.#image?.pieces.push(...data.slice(2, 2 + length));
        return;
      }
      case reportIds.endImageData: {
        const image = this.#image;
        if (image && data[0] === 0) {
          this.screen.push({ mode: image.mode, area: image.area, bytes: Uint8Array.from(image.pieces) });
        }
        this.#image = undefined;
        this.#status = statusCodes.ready;
        return this.#work();
      }
      case reportIds.encryptionCommand:
        return this.#encryption(data);
      default:
        this.#memory.set(reportId, data);
    }
  }

  async #encryption(data: readonly number[]): Promise<void> {
    const [command = 0, parameter = 0, lengthOrIndex = 0] = data;
    this.#lastCommand = data;
    if (command === 1) this.#crypto.reset();
    if (command === 2) this.#crypto.setBlock(parameter, Uint8Array.from(data.slice(3, 3 + lengthOrIndex)));
    if (command === 5) await this.#crypto.generateKey();
  }

  #work(): void {
    this.#busy = this.#busyPolls;
    if (this.#busy > 0) this.#status = statusCodes.calculation;
  }

  #answer(reportId: number): readonly number[] {
    const text = (value: string, length: number): number[] =>
      Array.from({ length }, (_, at) => (at < value.length ? value.charCodeAt(at) : 0));
    switch (reportId) {
      case reportIds.status: {
        const status = [this.#status, this.#result, 0, 0];
        if (this.#busy > 0 && (this.#busy -= 1) === 0) this.#status = statusCodes.ready;
        return status;
      }
      case reportIds.information:
        return [...text(this.#shape.model, 9), 1, 3, 1, 1, 0, 0, 2];
      case reportIds.capability:
        return this.#shape.capability;
      case reportIds.uid:
        return [0, 0x99, 0, 1];
      case reportIds.uid2:
        return text('99UID00001', 10);
      case reportIds.serial:
        return text(this.#serial, 13);
      case reportIds.encryptionStatus: {
        const ready = (yes: boolean): number => (yes ? 0 : 0xff);
        const key = ready(this.#crypto.publicKeyReady);
        return [2, 0x82, 0, key, key, ready(this.#crypto.hasKey), 0, 7, 0, 0, 0, 0, 0, 0, 0, 0];
      }
      case reportIds.encryptionCommand: {
        const [command = 0, parameter = 0, index = 0] = this.#lastCommand;
        const block = command === 4 ? this.#crypto.keyBlock(index) : new Uint8Array();
        return [command, parameter, block.length, ...block, ...new Array<number>(64 - block.length).fill(0)];
      }
      default:
        return this.#memory.get(reportId) ?? [];
    }
  }

  async #report({ x, y, pressure, near = true }: StuTracePoint, lost: boolean): Promise<void> {
    const pen = [
      (near ? 0x80 : 0) | (pressure > 0 ? 0x10 : 0) | (pressure >> 8),
      pressure & 255,
      ...be16(x),
      ...be16(y),
    ];
    const [count, sequence] = [be16(this.#count), be16(this.#sequence)];
    this.#count = (this.#count + 5) & 0xffff;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    if (lost) return;
    const [mode = 0] = this.#memory.get(reportIds.penDataOptionMode) ?? [];
    if (this.#status === statusCodes.capture && this.#crypto.hasKey) {
      const session = [...be16(this.#session >>> 16), ...be16(this.#session & 0xffff)];
      const block = Uint8Array.of(...pen, ...count, ...sequence, 0, 0, ...session);
      return this.raw(reportIds.penDataTimeCountSequenceEncrypted, [...(await this.#crypto.encrypt(block))]);
    }
    if (mode === 3) return this.raw(reportIds.penDataTimeCountSequence, [...pen, ...count, ...sequence]);
    if (mode > 0) return this.raw(reportIds.penDataOption, [...pen, ...(mode === 1 ? count : sequence)]);
    this.raw(reportIds.penData, pen);
  }

  #mustAnswer(reportId: number): void {
    if (this.#gone) throw new DOMException('The device was disconnected.', 'NetworkError');
    if (!this.#opened) throw new DOMException('The device must be opened first.', 'InvalidStateError');
    if (!this.#shape.reports.includes(reportId)) {
      throw new DOMException('Failed to transfer the feature report.', 'NotAllowedError');
    }
  }
}

/** A tablet as the hardware would be; see `FakeStuTablet`. */
export const fakeStuTablet = (options: FakeStuOptions = {}): FakeStuTablet => new FakeStuTablet(options);

/** `navigator.hid` with these tablets plugged in. */
export class FakeStuHid extends EventTarget implements StuHid {
  readonly #devices = new Set<FakeStuTablet>();
  readonly #granted = new Set<FakeStuTablet>();
  /** What the user picks in the browser's chooser; undefined closes it. */
  choice: FakeStuTablet | undefined;
  /** How often the chooser was shown. */
  asked = 0;

  plug(tablet: FakeStuTablet, options: { readonly granted?: boolean } = {}): void {
    tablet.plug();
    this.#devices.add(tablet);
    if (options.granted) this.#granted.add(tablet);
    this.dispatchEvent(Object.assign(new Event('connect'), { device: tablet }));
  }

  unplug(tablet: FakeStuTablet): void {
    this.#devices.delete(tablet);
    tablet.unplug();
    this.dispatchEvent(Object.assign(new Event('disconnect'), { device: tablet }));
  }

  async getDevices(): Promise<readonly FakeStuTablet[]> {
    return [...this.#devices].filter((device) => this.#granted.has(device));
  }

  async requestDevice(): Promise<readonly FakeStuTablet[]> {
    this.asked += 1;
    if (!this.choice || !this.#devices.has(this.choice)) return [];
    this.#granted.add(this.choice);
    return [this.choice];
  }
}
