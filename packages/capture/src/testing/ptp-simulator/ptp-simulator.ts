import { FakeUsbHardware, type FakeUsbFirmware } from '../usb-simulator/fake-usb-hardware.js';
import { tinyJpeg, type PictureMaker } from '../vendor-simulators/tiny-jpeg.js';
import { container, deviceInfo, objectInfo, u32Array } from './ptp-bytes.js';

const [OUT, IN, EVENTS] = [2, 1, 3] as const;

/** A still camera: takes pictures on command and tells them by events. */
export class PtpSimulator extends FakeUsbHardware implements FakeUsbFirmware {
  /** Pictures on the card by handle. */
  readonly objects = new Map<number, Uint8Array<ArrayBuffer>>();
  /** Busy answers before the next operation works. */
  busy = 0;
  /** Takes commands and says nothing. */
  silent = false;
  /** How a shot is told: by both events, the wrong way round, or not at all. */
  events: 'right' | 'reversed' | 'none' = 'right';
  /** Containers sent in place of the next answers. */
  readonly wrongBytes: Uint8Array[] = [];
  /** Pictures of one shot. */
  burst = 1;
  /** Makes the pictures; give one that makes real JPEGs where somebody looks at them. */
  picture: PictureMaker = tinyJpeg;
  /** The cable is pulled in the middle of the next picture. */
  vanish: (() => void) | undefined;
  /** Operations that came. */
  readonly operations: number[] = [];
  #session = false;
  #handle = 0x100;

  constructor({ interfaceClass = 6 } = {}) {
    const pipe = (
      endpointNumber: number,
      direction: 'in' | 'out',
      type: 'bulk' | 'interrupt',
      packetSize: number,
    ): object => {
      return { endpointNumber, direction, type, packetSize };
    };
    const endpoints = [
      pipe(OUT, 'out', 'bulk', 512),
      pipe(IN, 'in', 'bulk', 512),
      pipe(EVENTS, 'in', 'interrupt', 64),
    ] as never;
    const alternate = { alternateSetting: 0, interfaceClass, interfaceSubclass: 1, interfaceProtocol: 1, endpoints };
    super({
      vendorId: 0x04a9,
      productId: 0x3001,
      manufacturerName: 'Simulated',
      productName: 'Simulated Camera',
      configurations: [{ configurationValue: 1, interfaces: [{ interfaceNumber: 0, alternates: [alternate] }] }],
    });
    this.firmware = this;
  }

  out(_endpointNumber: number, bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const [code, transaction] = [view.getUint16(6, true), view.getUint32(8, true)];
    const param = bytes.length >= 16 ? view.getUint32(12, true) : 0;
    this.operations.push(code);
    if (this.silent) return;
    const wrong = this.wrongBytes.shift();
    if (wrong) {
      this.send(IN, wrong);
      return;
    }
    const answer = (response: number): void => this.send(IN, container(3, response, transaction));
    const data = (payload: Uint8Array): void => this.send(IN, container(2, code, transaction, payload));
    if (this.busy > 0) {
      this.busy -= 1;
      answer(0x2019);
      return;
    }
    if (code === 0x1002) {
      answer(this.#session ? 0x201e : 0x2001);
      this.#session = true;
      return;
    }
    if (!this.#session && code !== 0x1001) {
      answer(0x2003);
      return;
    }
    if (code === 0x1003) this.#session = false;
    if (code === 0x1001) data(deviceInfo());
    if (code === 0x1007) data(u32Array([...this.objects.keys()]));
    if (code === 0x1008 || code === 0x1009 || code === 0x100b) {
      const object = this.objects.get(param);
      if (!object) {
        answer(0x2009);
        return;
      }
      if (code === 0x1008) data(objectInfo(object));
      if (code === 0x100b) this.objects.delete(param);
      if (code === 0x1009 && this.vanish) {
        this.send(IN, container(2, code, transaction, object).slice(0, 40));
        this.vanish();
        return;
      }
      if (code === 0x1009) data(object);
    }
    answer(0x2001);
    if (code === 0x100e) this.#shoot(transaction);
  }

  reset(): void {
    this.#session = false;
  }

  #shoot(transaction: number): void {
    const handles = Array.from({ length: this.burst }, () => (this.#handle += 1));
    for (const handle of handles)
      this.objects.set(handle, this.picture({ widthPx: 4608, heightPx: 3456, tag: handle }));
    const added = handles.map((handle) => container(4, 0x4002, transaction, u32(handle)));
    const complete = container(4, 0x400d, transaction, u32(transaction));
    const told = { right: [...added, complete], reversed: [complete, ...added], none: [] }[this.events];
    for (const event of told) this.send(EVENTS, event);
  }
}

function u32(value: number): Uint8Array {
  return u32Array([value]).slice(4);
}
