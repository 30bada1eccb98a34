import { captureError } from '@anjuan/core/outbox';
import { find, findAll, numberAt, parseXml, textAt, type XmlElement } from './xml.js';

/** Where the paper lies. */
export type EsclInput = 'platen' | 'feeder' | 'feeder-duplex';

/** Words of the protocol for colour. */
export type EsclColorMode = 'BlackAndWhite1' | 'Grayscale8' | 'RGB24';

/** What one input can do. Lengths in 1/300 inch. */
export interface EsclInputCapabilities {
  readonly maxWidth: number;
  readonly maxHeight: number;
  readonly colorModes: readonly EsclColorMode[];
  readonly formats: readonly string[];
  readonly resolutions: readonly number[];
}

/** What a scanner says about itself. */
export interface EsclCapabilities {
  readonly version: string;
  readonly makeAndModel: string;
  readonly inputs: Readonly<Partial<Record<EsclInput, EsclInputCapabilities>>>;
}

const COLOR_MODES: readonly EsclColorMode[] = ['BlackAndWhite1', 'Grayscale8', 'RGB24'];
const MAX_RESOLUTIONS = 64;

/** Reads `/ScannerCapabilities`. @source Mopria eSCL Technical Specification 2.97, ScannerCapabilities */
export function parseCapabilities(source: string): EsclCapabilities {
  const root = parseXml(source);
  if (root.name !== 'ScannerCapabilities') throw captureError('device-protocol', { details: { part: 'capabilities' } });
  const feeder = find(root, 'Adf', 'AdfSimplexInputCaps') ?? find(root, 'Adf', 'AdfDuplexInputCaps');
  const inputs = {
    feeder: inputOf(feeder),
    'feeder-duplex': inputOf(find(root, 'Adf', 'AdfDuplexInputCaps')),
    platen: inputOf(find(root, 'Platen', 'PlatenInputCaps')),
  };
  const known = Object.fromEntries(Object.entries(inputs).filter(([, input]) => input !== undefined));
  return {
    version: /^\d{1,2}\.\d{1,3}$/.exec(textAt(root, 'Version'))?.[0] ?? '2.0',
    makeAndModel: textAt(root, 'MakeAndModel').slice(0, 200),
    inputs: known,
  };
}

function inputOf(element: XmlElement | undefined): EsclInputCapabilities | undefined {
  const maxWidth = numberAt(element, 'MaxWidth');
  const maxHeight = numberAt(element, 'MaxHeight');
  if (!element || !maxWidth || !maxHeight) return undefined;
  const modes = findAll(element, 'ColorMode').map(({ text }) => text);
  const formats = [...findAll(element, 'DocumentFormatExt'), ...findAll(element, 'DocumentFormat')].map(
    ({ text }) => text,
  );
  return {
    maxWidth,
    maxHeight,
    colorModes: COLOR_MODES.filter((mode) => modes.includes(mode)),
    formats: [...new Set(formats)].slice(0, 32),
    resolutions: resolutionsOf(element),
  };
}

/** Listed resolutions and, where a range is given, the usual ones inside of it. */
function resolutionsOf(element: XmlElement): readonly number[] {
  const listed = findAll(element, 'DiscreteResolution').slice(0, MAX_RESOLUTIONS);
  const range = findAll(element, 'XResolutionRange')[0];
  const [min, max] = [numberAt(range, 'Min') ?? 0, numberAt(range, 'Max') ?? 0];
  const inRange = [75, 100, 150, 200, 240, 300, 400, 600].filter((dpi) => dpi >= min && dpi <= max);
  const found = [...listed.map((resolution) => numberAt(resolution, 'XResolution') ?? 0), ...inRange];
  return [...new Set(found.filter((dpi) => dpi > 0))].sort((a, b) => a - b);
}
