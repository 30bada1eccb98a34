import { captureError } from '@anjuan/core/outbox';
import type { EsclCapabilities, EsclColorMode, EsclInput } from './capabilities.js';

/** How pages are scanned. */
export interface EsclSettings {
  /** Default `colour`: black and white is made later, from the colour original. */
  readonly color?: 'colour' | 'gray' | 'black-white';
  /** Dots per inch; the nearest that the scanner offers is taken. Default 300. */
  readonly dpi?: 200 | 300 | 600;
  /** Default `a4`; cut to what the scanner can take. */
  readonly paper?: 'a4' | 'a5' | 'letter' | 'whole';
}

/** One job, worked out from wishes and abilities. Lengths in 1/300 inch. */
export interface EsclJobSettings {
  readonly version: string;
  readonly input: EsclInput;
  readonly width: number;
  readonly height: number;
  readonly colorMode: EsclColorMode;
  readonly dpi: number;
  readonly format: string;
}

/** @source ISO 216 and ANSI Y14.1 in 1/300 inch */
const PAPERS = { a4: [2480, 3508], a5: [1748, 2480], letter: [2550, 3300], whole: [Infinity, Infinity] } as const;
const MODES = { colour: 'RGB24', gray: 'Grayscale8', 'black-white': 'BlackAndWhite1' } as const;

/** The job that comes nearest to the wishes. */
export function jobSettings(
  capabilities: EsclCapabilities,
  input: EsclInput,
  wishes: EsclSettings = {},
): EsclJobSettings {
  const able = capabilities.inputs[input];
  if (!able) throw captureError('device-not-found');
  const [width, height] = PAPERS[wishes.paper ?? 'a4'];
  const wanted = MODES[wishes.color ?? 'colour'];
  const dpi = wishes.dpi ?? 300;
  const nearest = [...able.resolutions].sort((a, b) => Math.abs(a - dpi) - Math.abs(b - dpi) || b - a)[0];
  if (able.formats.length > 0 && !able.formats.includes('image/jpeg')) {
    throw captureError('feature-missing', { details: { part: 'image/jpeg' } });
  }
  return {
    version: capabilities.version,
    input,
    width: Math.min(width, able.maxWidth),
    height: Math.min(height, able.maxHeight),
    colorMode: able.colorModes.includes(wanted) ? wanted : (able.colorModes.at(-1) ?? wanted),
    dpi: nearest ?? dpi,
    format: 'image/jpeg',
  };
}

/** The body of `POST /ScanJobs`. @source Mopria eSCL Technical Specification 2.97, ScanSettings */
export function scanSettingsXml({ version, input, width, height, colorMode, dpi, format }: EsclJobSettings): string {
  const duplex = input === 'platen' ? '' : `<scan:Duplex>${String(input === 'feeder-duplex')}</scan:Duplex>`;
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<scan:ScanSettings xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03">' +
    `<pwg:Version>${version}</pwg:Version>` +
    '<pwg:ScanRegions><pwg:ScanRegion>' +
    `<pwg:Height>${height}</pwg:Height>` +
    '<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>' +
    `<pwg:Width>${width}</pwg:Width>` +
    '<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset>' +
    '</pwg:ScanRegion></pwg:ScanRegions>' +
    `<pwg:InputSource>${input === 'platen' ? 'Platen' : 'Feeder'}</pwg:InputSource>` +
    duplex +
    `<scan:ColorMode>${colorMode}</scan:ColorMode>` +
    `<scan:XResolution>${dpi}</scan:XResolution><scan:YResolution>${dpi}</scan:YResolution>` +
    `<pwg:DocumentFormat>${format}</pwg:DocumentFormat>` +
    `<scan:DocumentFormatExt>${format}</scan:DocumentFormatExt>` +
    '</scan:ScanSettings>'
  );
}
