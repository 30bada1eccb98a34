import { POS_REPORT_ID } from '../devices/trigger/pos/pos-report.js';
import { FakeHidDevice } from './hid-fake.js';

/** Settings of the simulated scanner. */
export interface FakeHidScannerOptions {
  /** Default 0x05E0 (Zebra). 0x0C2E (Honeywell) sends nothing until feature report FE 01. */
  readonly vendorId?: number;
  /** A byte before the identifier, as some scanners have it. Default none. */
  readonly lead?: number;
}

/** A barcode scanner in HID POS mode with the real reports: length, identifier, data, maker's symbology, more. */
export class FakeHidScanner extends FakeHidDevice {
  readonly #lead: readonly number[];

  constructor({ vendorId = 0x05e0, lead }: FakeHidScannerOptions = {}) {
    super({
      vendorId,
      productId: 0x0001,
      productName: 'Scanner simulator',
      collections: [{ usagePage: 0x8c, usage: 2 }],
    });
    this.#lead = lead === undefined ? [] : [lead];
  }

  /** Scans a barcode; `aim` is its identifier, for example `]C0`. */
  scan(text: string, aim: string): void {
    const honeywell = this.vendorId === 0x0c2e;
    if (honeywell && !this.featureReports.some(({ reportId, data }) => reportId === 0xfe && data[0] === 1)) return;
    for (const report of posReports(new TextEncoder().encode(text), aim, this.#lead))
      this.report(POS_REPORT_ID, report);
  }
}

/** Reports of one barcode. */
export function posReports(data: Uint8Array, aim: string, lead: readonly number[] = []): Uint8Array[] {
  const room = 56 - lead.length;
  const reports: Uint8Array[] = [];
  for (let start = 0; start === 0 || start < data.length; start += room) {
    const part = data.subarray(start, start + room);
    const report = new Uint8Array(63);
    report[0] = part.length;
    report.set([...lead, ...new TextEncoder().encode(aim), ...part], 1);
    report[60] = 0x6a;
    report[62] = start + room < data.length ? 1 : 0;
    reports.push(report);
  }
  return reports;
}
