import { createArchiveClient, type Clock, type ErrorCode, type TokenCallback, type Transport } from '@anjuan/core';
import { AnjuanProvider, errorParts, type Locale } from '@anjuan/core/element';
import { createFaultyTransport, type FaultyTransport } from '@anjuan/core/testing';
import type { AnjuanViewer } from '../anjuan-viewer.js';
import { findAll, mount, until } from './viewer-page.js';

AnjuanProvider.define();

/** A viewer on an archive that a test can break. */
export interface FaultyViewer {
  readonly viewer: AnjuanViewer;
  /** Around the viewer; the archive is not its own. */
  readonly provider: AnjuanProvider;
  readonly faults: FaultyTransport;
  /** Requests that reached the transport, as method and path. */
  readonly seen: string[];
}

export interface FaultyViewerOptions {
  readonly archive: Transport;
  readonly recordId?: string;
  readonly lang?: Locale;
  readonly source?: 'auto' | 'rendition' | 'pdf';
  readonly getToken?: TokenCallback;
  readonly clock?: Clock;
  /** Milliseconds of `clock`. Default 30 minutes, so that only a fault runs into it. */
  readonly timeoutMs?: number;
  /** Breaks the archive before the record is opened. */
  readonly prepare?: (faults: FaultyTransport) => void;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A clock on which a minute passes in half a second. Nothing waits for real delays. */
export function quickClock(): Clock {
  const startMs = Date.now();
  const SPEED = 120;
  return {
    now: () => startMs + (Date.now() - startMs) * SPEED,
    after: (delayMs, callback) => {
      const id = setTimeout(callback, delayMs / SPEED);
      return () => clearTimeout(id);
    },
  };
}

/** Mounts a viewer whose client sees the archive through faults. */
export async function faultyViewer(options: FaultyViewerOptions): Promise<FaultyViewer> {
  const { clock = quickClock(), timeoutMs = 1_800_000, getToken, lang = 'zh-CN' } = options;
  const faults = createFaultyTransport(options.archive);
  options.prepare?.(faults);
  const seen: string[] = [];
  const client = createArchiveClient({
    baseUrl: new URL('/fhir', location.href).href,
    transport: (request) => {
      seen.push(`${request.method} ${new URL(request.url).pathname.replace('/fhir/', '')}`);
      return faults.transport(request);
    },
    timeoutMs,
    clock,
    random: () => 0,
    ...(getToken && { getToken }),
  });
  const provider = document.createElement('anjuan-provider');
  provider.assetsUrl = '/assets/';
  const viewer = await mount({ archive: client, lang, provider });
  viewer.source = options.source ?? 'auto';
  for (const [name, value] of Object.entries(options.attributes ?? {})) viewer.setAttribute(name, value);
  if (options.recordId !== undefined) viewer.recordId = options.recordId;
  return { viewer, provider, faults, seen };
}

/** The state panel with this code, once it is on screen. */
export async function panelOf(viewer: AnjuanViewer, code: ErrorCode): Promise<HTMLElement> {
  let found: HTMLElement | undefined;
  await until(() => {
    found = findAll(viewer, `.state-panel[data-code="${code}"]`)[0];
    return found !== undefined;
  });
  if (!found) throw new Error(`no panel for ${code}`);
  return found;
}

/** What is missing in a panel for somebody who reads this language: empty when all is said. */
export function unsaid(panel: HTMLElement, code: ErrorCode, locale: Locale): string[] {
  const words = panel.textContent?.replace(/\s+/g, ' ') ?? '';
  const { title, next } = errorParts(code, locale);
  return [title, next, code].filter((part) => !words.includes(part));
}

/** The panel in both languages: what each leaves unsaid. Leaves the viewer in Chinese. */
export async function unsaidInBoth(viewer: AnjuanViewer, code: ErrorCode): Promise<string[]> {
  const missing: string[] = [];
  for (const locale of ['en', 'zh-CN'] as const) {
    viewer.lang = locale;
    const { title } = errorParts(code, locale);
    await until(() =>
      findAll(viewer, `.state-panel[data-code="${code}"]`).some((one) => one.textContent?.includes(title)),
    );
    missing.push(...unsaid(await panelOf(viewer, code), code, locale));
  }
  return missing;
}

/** The button of a panel; undefined without one. */
export function actionOf(panel: HTMLElement): HTMLButtonElement | undefined {
  return panel.querySelector('button') ?? undefined;
}

/** Pages that show their sharp picture. */
export function sharpPages(viewer: AnjuanViewer): HTMLElement[] {
  return findAll(viewer, '.page[data-state=sharp]');
}
