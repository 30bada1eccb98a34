import { connectHid } from '../../hid/connect-hid.js';
import type { Hid, HidFilter } from '../../hid/types.js';
import { ScopedTrigger } from '../scoped-trigger.js';
import type { TriggerSource } from '../trigger-source.js';
import { POS_REPORT_ID, PosAssembler } from './pos-report.js';

/** A barcode gun in HID POS mode. */
export interface HidScannerOptions {
  /** Default `navigator.hid`. */
  readonly hid?: Hid;
  /** Default: barcode scanners of every maker (usage page 0x8C, usage 2). */
  readonly filters?: readonly HidFilter[];
}

/** Usage of a barcode scanner. @source USB HID Point of Sale Usage Tables 1.02, usage page 0x8C */
const SCANNERS: readonly HidFilter[] = [{ usagePage: 0x8c, usage: 0x02 }];

/** Makers whose scanners send data only after they were told to. */
const HONEYWELL: readonly number[] = [0x0c2e, 0x23d0];
const HONEYWELL_ENABLE = 0xfe;

/** A barcode gun in HID POS mode: whole barcodes with their symbology, whatever has the focus. */
export function hidScanner(options: HidScannerOptions = {}): TriggerSource {
  const { filters = SCANNERS } = options;
  return new ScopedTrigger('barcode scanner', async ({ scope, onTrigger, lose, signal }) => {
    const assembler = new PosAssembler();
    const connection = await connectHid({
      hid: options.hid,
      filters,
      signal,
      onLost: lose,
      onReport: ({ reportId, data }) => {
        if (reportId !== POS_REPORT_ID) return;
        const result = assembler.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
        if (result.status === 'barcode') onTrigger({ kind: 'barcode', ...result.barcode });
      },
    });
    scope.defer(() => void connection.close());
    if (HONEYWELL.includes(connection.device.vendorId)) {
      await connection.sendFeatureReport(HONEYWELL_ENABLE, Uint8Array.of(1));
    }
  });
}
