export { AnjuanProvider } from './provider/anjuan-provider.js';
export { AnjuanElement } from './anjuan-element.js';
export { AnjuanEvent } from './events.js';
export { setDefaultAssetsUrl } from './assets-url.js';
export { defineElement, type DefinableElement } from './registry.js';
export { icon, pathIcon, type IconName, type IconOptions } from './icons/icon.js';
export { LiveRegion } from './live-region.js';
export { matchKey, type KeyBinding, type Keymap } from './keymap.js';
export { setStyle, type StyleProperties } from './set-style.js';
export { statePanel, type StatePanelOptions } from './state-panel.js';
export { baseStyles } from './theme/base.styles.js';
export { palettes, type ColorRole, type Palette, type PaletteName } from './theme/palette.js';
export { VERSION } from './version.js';
export { warnOnce, type Warning } from './warn.js';
export { sessionContext, type AnjuanSession, type Density, type TextSize, type Theme } from './session.js';
export type { ErrorText } from './i18n/error-text.js';
export { errorParts, errorText } from './i18n/error-texts.js';
export { formatAge, formatDate, formatDateTime, formatNumber } from './i18n/format.js';
export { LOCALES, DEFAULT_LOCALE, matchLocale, type Locale } from './i18n/locale.js';
export {
  defineMessages,
  messageKeys,
  type Catalogue,
  type Message,
  type MessageTree,
  type Texts,
  type TextsOverride,
} from './i18n/messages.js';
export { assetsFolder, trustedScriptUrl } from './trusted-url.js';
