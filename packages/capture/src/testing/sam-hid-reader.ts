import { FakeHid, FakeHidDevice } from './hid-fake.js';
import type { SamSimulator } from './sam-simulator.js';

/** How reports carry the stream; see the transport. */
export type SamHidFraming = 'plain' | 'counted';

const REPORT_BYTES = 64;

/** A driver-free reader: a simulated module (best with `cut: 'none'`) behind 64-byte HID reports. */
export function samHidReader(
  simulator: SamSimulator,
  { framing = 'plain' }: { readonly framing?: SamHidFraming } = {},
): { readonly hid: FakeHid; readonly device: FakeHidDevice } {
  const reports = [{ reportId: 0, items: [{ reportSize: 8, reportCount: REPORT_BYTES }] }];
  const device = new FakeHidDevice({
    vendorId: 0x0400,
    productId: 0xc35a,
    productName: 'ID reader simulator',
    collections: [{ usagePage: 0xff00, usage: 1, inputReports: reports, outputReports: reports }],
    onReport: (_reportId, data) => {
      if (data.length !== REPORT_BYTES) return;
      simulator.receive(framing === 'plain' ? data : data.subarray(1, 1 + (data[0] ?? 0)));
    },
  });
  simulator.onSend = (bytes) => {
    const room = framing === 'plain' ? REPORT_BYTES : REPORT_BYTES - 1;
    for (let start = 0; start < bytes.length; start += room) {
      const part = bytes.subarray(start, start + room);
      const report = new Uint8Array(REPORT_BYTES);
      report.set(part, REPORT_BYTES - room);
      if (framing === 'counted') report[0] = part.length;
      device.report(0, report);
    }
  };
  return { hid: new FakeHid(device), device };
}
