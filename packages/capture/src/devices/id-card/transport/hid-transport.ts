import { captureError } from '@anjuan/core/outbox';
import { connectHid, type HidConnection } from '../../hid/connect-hid.js';
import type { Hid, HidDevice, HidFilter, HidReportInfo } from '../../hid/types.js';
import { AskAgain } from './ask-again.js';
import { knownReaders } from './known-readers.js';
import type { SamTransport } from './sam-transport.js';

/** A reader over WebHID: the driver-free (免驱) models. */
export interface HidSamTransportOptions {
  /** Default `navigator.hid`. */
  readonly hid?: Hid;
  /** Default: ids of known readers. Empty: the chooser shows every device. */
  readonly filters?: readonly HidFilter[];
  /**
   * How reports carry the stream. `plain`: bytes, the last report filled up with zeros. `counted`: the first byte of
   * each report says how many bytes of it count. Default `plain`.
   */
  readonly framing?: 'plain' | 'counted';
}

const USUAL_REPORT_BYTES = 64;

/** Line to a reader over WebHID; frames travel in reports of the size that the device declares, usually 64 bytes. */
export function hidSamTransport(options: HidSamTransportOptions = {}): SamTransport {
  const { filters = knownReaders, framing = 'plain' } = options;
  let connection: HidConnection | undefined;
  const asking = new AskAgain();
  return {
    get name() {
      return connection?.device.productName || 'WebHID';
    },
    lockName: 'anjuan-card-reader-hid',
    open: async ({ onBytes, onLost, signal }) => {
      connection = await connectHid({
        hid: options.hid,
        filters,
        ask: asking.next(),
        signal,
        onReport: ({ data }) => {
          const report = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
          onBytes(framing === 'plain' ? report : report.subarray(1, 1 + Math.min(report[0] ?? 0, report.length - 1)));
        },
        onLost: (error) => {
          connection = undefined;
          asking.lost();
          onLost(error);
        },
      });
    },
    write: async (frame) => {
      const open = connection;
      if (!open) throw captureError('device-lost');
      const { reportId, bytes } = outputReport(open.device);
      const lead = framing === 'plain' ? 0 : 1;
      for (let start = 0; start < frame.length; start += bytes - lead) {
        const part = frame.subarray(start, start + bytes - lead);
        const report = new Uint8Array(bytes);
        report.set(part, lead);
        if (lead) report[0] = part.length;
        await open.sendReport(reportId, report);
      }
    },
    close: async () => {
      const open = connection;
      connection = undefined;
      await open?.close();
    },
  };
}

/** The largest output report of the device. */
function outputReport(device: HidDevice): { readonly reportId: number; readonly bytes: number } {
  const reports = device.collections.flatMap(({ outputReports = [] }) => outputReports);
  const sizes = reports.map((report) => ({ reportId: report.reportId ?? 0, bytes: reportBytes(report) }));
  const [largest] = sizes.filter(({ bytes }) => bytes > 1).sort((left, right) => right.bytes - left.bytes);
  return largest ?? { reportId: 0, bytes: USUAL_REPORT_BYTES };
}

function reportBytes({ items = [] }: HidReportInfo): number {
  const bits = items.reduce((sum, { reportSize = 0, reportCount = 0 }) => sum + reportSize * reportCount, 0);
  return Math.ceil(bits / 8);
}
