import { formatNumber, type Locale } from '@anjuan/core/element';
import type { CaptureModel } from './capture-model.js';
import type { CaptureCommand, CaptureKeymap } from './keyboard/capture-keymap.js';
import { keysOf } from './keyboard/capture-keymap.js';
import type { CaptureTexts } from './locales/capture.js';
import type { CaptureLayout } from './size-controller.js';

/** What every part of the screen is drawn from. */
export interface ViewProps {
  readonly model: CaptureModel;
  readonly texts: CaptureTexts;
  readonly locale: Locale;
  readonly layout: CaptureLayout;
  readonly keymap: CaptureKeymap;
  readonly disabled: boolean;
  readonly run: (command: CaptureCommand) => void;
}

export function number({ locale }: Pick<ViewProps, 'locale'>, value: number): string {
  return formatNumber(value, locale);
}

/** The label with its first key, for a tooltip. */
export function withKey({ keymap, texts }: ViewProps, label: string, command: CaptureCommand): string {
  const [key] = keysOf(keymap, command);
  if (key === undefined) return label;
  const names: Readonly<Record<string, string>> = texts.help.keys;
  return `${label} (${key
    .split(/\+(?=.)/)
    .map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(' + ')})`;
}
