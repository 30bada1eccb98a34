import { DEFAULT_LOCALE, matchLocale, type Locale } from '../i18n/locale.js';
import { DENSITIES, TEXT_SIZES, THEMES, type Density, type TextSize, type Theme } from '../session.js';
import { warnOnce } from '../warn.js';

/** One of the allowed words; anything else warns once and gives the fallback. Absent or empty gives the fallback. */
function choice<T extends string>(attribute: string, value: string | undefined, allowed: readonly T[], fallback: T): T {
  if (!value) return fallback;
  const found = allowed.find((word) => word === value);
  if (found) return found;
  warnOnce(`provider-${attribute}`, {
    what: `<anjuan-provider> does not know the value of "${attribute}".`,
    why: `It uses "${fallback}" instead.`,
    how: `Set ${allowed.map((word) => `"${word}"`).join(', ')}.`,
  });
  return fallback;
}

export function parseTheme(value: string | undefined, fallback: Theme): Theme {
  return choice('theme', value, THEMES, fallback);
}

export function parseTextSize(value: string | undefined, fallback: TextSize): TextSize {
  return choice('text-size', value, TEXT_SIZES, fallback);
}

export function parseDensity(value: string | undefined, fallback: Density): Density {
  return choice('density', value, DENSITIES, fallback);
}

/** `zh`, `zh-Hans-CN` and `en-GB` find their language. */
export function parseLocale(value: string | null): Locale | undefined {
  if (!value) return undefined;
  const locale = matchLocale(value);
  if (locale) return locale;
  warnOnce('provider-lang', {
    what: '<anjuan-provider> has no texts for the language in "lang".',
    why: `It uses "${DEFAULT_LOCALE}" instead.`,
    how: 'Set "zh-CN" or "en".',
  });
  return DEFAULT_LOCALE;
}

/** Absolute http(s) address without a slash at the end; undefined when absent or unusable. */
export function parseBaseUrl(value: string | undefined, documentUrl: string): string | undefined {
  if (!value) return undefined;
  try {
    const url = new URL(value, documentUrl);
    if (/^https?:$/.test(url.protocol) && !url.search && !url.hash) return url.href.replace(/\/+$/, '');
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  warnOnce('provider-base-url', {
    what: '<anjuan-provider> cannot use its "base-url".',
    why: 'No archive is connected, so the elements inside stay empty.',
    how: 'Set the http or https address of the FHIR base, without query and fragment, for example "https://archive.example/fhir".',
  });
  return undefined;
}

/** The same rules for the assets folder; undefined falls back to the default. */
export function parseAssetsUrl(value: string | undefined, documentUrl: string): string | undefined {
  if (!value) return undefined;
  try {
    return new URL(value, documentUrl).href;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    warnOnce('provider-assets-url', {
      what: '<anjuan-provider> cannot use its "assets-url".',
      why: 'It looks for the assets beside the script instead.',
      how: 'Set the address of the assets folder of this very version.',
    });
    return undefined;
  }
}
