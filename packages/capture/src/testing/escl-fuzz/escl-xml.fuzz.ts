import { parseCapabilities } from '../../devices/escl/capabilities.js';
import { jobUrl } from '../../devices/escl/job-url.js';
import { jobSettings, scanSettingsXml } from '../../devices/escl/scan-settings.js';
import { parseStatus, statusFault } from '../../devices/escl/status.js';
import { parseXml } from '../../devices/escl/xml.js';
import { capabilitiesXml, statusXml } from '../escl-simulator/escl-xml.js';
import { fuzzText, type FuzzOptions } from '../vendor-fuzz/fuzz-text.js';

export const runs = 100_000;

const samples = [capabilitiesXml(), statusXml('Idle', 'ScannerAdfLoaded')];
const locations = [
  'http://192.0.2.1:80/eSCL/ScanJobs/1',
  'http://[fe80/eSCL/ScanJobs/urn:uuid:1-2',
  '/eSCL/ScanJobs/7/',
];

/** `runs` documents and as many locations. */
export function fuzz(options: FuzzOptions): void {
  fuzzText({
    ...options,
    samples,
    parse: (text) => {
      const root = parseXml(text);
      if (root.name === 'ScannerStatus') statusFault(parseStatus(text), 'feeder');
      else scanSettingsXml(jobSettings(parseCapabilities(text), 'feeder'));
    },
  });
  fuzzText({
    ...options,
    samples: locations,
    parse: (location) => {
      const url = jobUrl('http://proxy.test/eSCL', location);
      if (!url.startsWith('http://proxy.test/eSCL/ScanJobs/') || /[\r\n\s<>"]|\/\.\.?$/.test(url))
        throw new Error('unsafe');
    },
  });
}
