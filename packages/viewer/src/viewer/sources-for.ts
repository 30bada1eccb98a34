import type { ArchiveClient } from '@anjuan/core';
import { defaultSources } from '../source/default-sources.js';
import { imageSources } from '../source/image/image-source.js';
import type { PageSourceFactory } from '../source/page-source.js';
import { pdfSources } from '../source/pdf/pdf-source.js';
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
