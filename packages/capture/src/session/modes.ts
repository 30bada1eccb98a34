import type { PageColour } from '../recipe/types.js';

/** What kind of paper lies under the camera. */
export type CaptureMode = 'document' | 'id-card' | 'consent' | 'book' | 'batch';

/** What a mode presets; the operator may change the colour afterwards. */
export interface ModePreset {
  readonly mode: CaptureMode;
  readonly colour: PageColour;
  /** `many`: several papers in one shot; `book`: a spread becomes two pages. */
  readonly layout: 'single' | 'many' | 'book';
  /** Auto capture is on from the start. */
  readonly auto: boolean;
  /** Separator sheets and their barcodes start a new document. */
  readonly separators: boolean;
  /** Two shots become one page: front and back of a card. */
  readonly twoSided: boolean;
  /** Type of a new document. Default: the operator chooses. */
  readonly typeCode?: string;
}

const plain = { layout: 'single', auto: false, separators: false, twoSided: false } as const;

/** In the order of the mode menu. A consent begins as C0026 (手术知情同意书, WS/T 500.26). */
export const modePresets: readonly ModePreset[] = [
  { ...plain, mode: 'document', colour: 'colour' },
  { ...plain, mode: 'id-card', colour: 'colour', twoSided: true },
  { ...plain, mode: 'consent', colour: 'seal', typeCode: 'C0026' },
  { ...plain, mode: 'book', colour: 'colour', layout: 'book' },
  { ...plain, mode: 'batch', colour: 'seal', auto: true, separators: true },
];

const [documentMode] = modePresets;

/** The preset of a mode; unknown names are `document`. */
export function modePreset(mode: string | undefined): ModePreset {
  const found = modePresets.find((preset) => preset.mode === mode) ?? documentMode;
  if (!found) throw new RangeError('No modes.');
  return found;
}
