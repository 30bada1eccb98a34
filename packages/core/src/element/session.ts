import { createContext } from '@lit/context';
import type { ArchiveClient } from '../client/types.js';
import type { Telemetry } from '../transport/transport.js';
import type { Locale } from './i18n/locale.js';

export const THEMES = ['auto', 'light', 'dark', 'contrast'] as const;
export const TEXT_SIZES = ['normal', 'large'] as const;
export const DENSITIES = ['comfortable', 'compact', 'touch'] as const;

/** `auto` follows the system: dark, light, or high contrast when more contrast is preferred. */
export type Theme = (typeof THEMES)[number];
/** `large` is for elderly readers and kiosks. */
export type TextSize = (typeof TEXT_SIZES)[number];
/** How much room controls take: `compact` for clerks, `touch` for targets of 44 px and more. */
export type Density = (typeof DENSITIES)[number];

/** What a provider gives to every element inside it. A new object each time something changes. */
export interface AnjuanSession {
  readonly client?: ArchiveClient;
  readonly locale: Locale;
  readonly theme: Theme;
  readonly textSize: TextSize;
  readonly density: Density;
  /** Absolute address of the assets folder, with a slash at the end. */
  readonly assetsUrl: string;
  readonly telemetry?: Telemetry;
  /** The element that gives the session: tokens are inherited from it and `lang` is not looked up beyond it. */
  readonly root?: Element;
}

/** Context key; the same in every copy of the package. */
export const sessionContext = createContext<AnjuanSession>(Symbol.for('anjuan.session'));
