import type { ArchiveClient } from '@anjuan/core';
import { imageSources } from './image/image-source.js';
import type { PageSourceFactory } from './page-source.js';
import { pdfSources } from './pdf/pdf-source.js';
import { renditionSources } from './rendition/rendition-source.js';

/** What the viewer shows out of the box, in order of preference. */
export function defaultSources(options: {
  readonly client: ArchiveClient;
  readonly assetsUrl: string;
}): readonly PageSourceFactory[] {
  return [renditionSources(options.client), pdfSources(options), imageSources(options.client)];
}
