import type { Hid, HidCollection, HidDevice, HidFilter } from '../devices/hid/types.js';
import { matchesHidFilter } from '../devices/hid/types.js';

/** What a simulated device is. */
export interface FakeHidDeviceOptions {
  readonly vendorId: number;
  readonly productId: number;
  readonly productName?: string;
  readonly collections?: readonly HidCollection[];
  /** Called with each output report, after its bytes have left. */
  readonly onReport?: (reportId: number, data: Uint8Array) => void;
}

/** A HID device with WebHID's behaviour: one opening at a time in a page, reports only while open, errors by name. */
export class FakeHidDevice extends EventTarget implements HidDevice {
  readonly vendorId: number;
  readonly productId: number;
  readonly productName: string;
  readonly collections: readonly HidCollection[];
  /** Feature reports that were sent, for example those that switch a scanner's mode. */
  readonly featureReports: { readonly reportId: number; readonly data: readonly number[] }[] = [];
  /** Another program has it: opening fails. */
  heldElsewhere = false;
  readonly #onReport: ((reportId: number, data: Uint8Array) => void) | undefined;
  #opened = false;
  #gone = false;

  constructor(options: FakeHidDeviceOptions) {
    super();
    this.vendorId = options.vendorId;
    this.productId = options.productId;
    this.productName = options.productName ?? 'HID simulator';
    this.collections = options.collections ?? [];
    this.#onReport = options.onReport;
  }

  get opened(): boolean {
    return this.#opened;
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

  async sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#mustBeOpen();
    this.#onReport?.(reportId, data.slice());
  }

  async sendFeatureReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#mustBeOpen();
    this.featureReports.push({ reportId, data: [...data] });
  }

  /** The device sends an input report; nobody hears it while it is closed. */
  report(reportId: number, bytes: Uint8Array): void {
    if (!this.#opened || this.#gone) return;
    const data = new DataView(bytes.slice().buffer);
    this.dispatchEvent(Object.assign(new Event('inputreport'), { device: this, reportId, data }));
  }

  /** Used by the fake `navigator.hid`. */
  unplug(): void {
    this.#gone = true;
    this.#opened = false;
  }

  #mustBeOpen(): void {
    if (this.#gone) throw new DOMException('The device was disconnected.', 'NetworkError');
    if (!this.#opened) throw new DOMException('The device must be opened first.', 'InvalidStateError');
  }
}

/** `navigator.hid` with a user behind the chooser. */
export class FakeHid extends EventTarget implements Hid {
  /** What the user does in the chooser: picks the first device shown, closes it, or a policy forbids it. */
  chooser: 'first' | 'cancelled' | 'forbidden' = 'first';
  /** How often the chooser was shown. */
  asked = 0;
  readonly #plugged: FakeHidDevice[];
  readonly #granted = new Set<FakeHidDevice>();

  constructor(...devices: readonly FakeHidDevice[]) {
    super();
    this.#plugged = [...devices];
  }

  async getDevices(): Promise<readonly FakeHidDevice[]> {
    return this.#plugged.filter((device) => this.#granted.has(device));
  }

  async requestDevice({ filters }: { readonly filters: readonly HidFilter[] }): Promise<readonly FakeHidDevice[]> {
    if (this.chooser === 'forbidden') throw new DOMException('Access is disallowed by policy.', 'SecurityError');
    this.asked += 1;
    const shown = this.#plugged.filter(
      (device) => filters.length === 0 || filters.some((filter) => matchesHidFilter(device, filter)),
    );
    const [first] = shown;
    if (this.chooser === 'cancelled' || !first) return [];
    this.#granted.add(first);
    return [first];
  }

  /** Open devices. */
  get held(): number {
    return this.#plugged.filter((device) => device.opened).length;
  }

  unplug(device: FakeHidDevice): void {
    device.unplug();
    this.#plugged.splice(this.#plugged.indexOf(device), 1);
    this.dispatchEvent(Object.assign(new Event('disconnect'), { device }));
  }
}
