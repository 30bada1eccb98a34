import type { ArchiveClient, Scope } from '@anjuan/core';
import { defaultSources } from '../source/default-sources.js';
import { imageSources } from '../source/image/image-source.js';
import type { PageSourceFactory } from '../source/page-source.js';
import { pdfSources } from '../source/pdf/pdf-source.js';
import { acquirePdfRuntime } from '../source/pdf/pdf-worker.js';
import { renditionSources } from '../source/rendition/rendition-source.js';
import type { ViewerSource } from './viewer-attributes.js';

/** Page sources for the `source` property: all of them, or pictures of the page service only, or original files only. */
export function sourcesFor(
  source: ViewerSource,
  options: { readonly client: ArchiveClient; readonly assetsUrl: string },
): readonly PageSourceFactory[] {
  switch (source) {
    case 'auto':
      return defaultSources(options);
    case 'rendition':
      return [renditionSources(options.client), imageSources(options.client)];
    case 'pdf':
      return [pdfSources(options), imageSources(options.client)];
  }
}

/**
 * Starts the PDF engine while the record is still being asked for, when its pages can only come from original files.
 * Released with the scope; failures show when a page needs the engine.
 */
export function prepareSources(
  source: ViewerSource,
  { client, assetsUrl }: { readonly client: ArchiveClient; readonly assetsUrl: string },
  scope: Scope,
): void {
  if (source === 'rendition') return;
  const start = (): void => {
    if (scope.disposed) return;
    const { runtime, release } = acquirePdfRuntime(assetsUrl);
    scope.defer(release);
    runtime.catch(() => undefined);
  };
  if (source === 'pdf') start();
  else
    void client.capabilities({ signal: scope.signal }).then(
      ({ pageService }) => !pageService && start(),
      () => undefined,
    );
}
