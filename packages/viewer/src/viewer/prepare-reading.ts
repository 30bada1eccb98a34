import type { ArchiveClient, Scope } from '@anjuan/core';
import { baseStyles } from '@anjuan/core/element';
import { adoptStyles } from 'lit';
import { viewerStyles } from './anjuan-viewer.styles.js';
import { readingParts } from './load-reading-parts.js';
import type { ViewerSource } from './viewer-attributes.js';

export interface ReadingOptions {
  readonly root: HTMLElement | DocumentFragment;
  readonly source: ViewerSource;
  readonly client: ArchiveClient;
  readonly assetsUrl: string;
}

/** The reading parts have come: their styles are needed before the record shows, and an engine takes time to start. */
export function prepareReading({ root, source, client, assetsUrl }: ReadingOptions, scope: Scope): void {
  const { readingStyles, prepareSources } = readingParts();
  // The viewer's own styles have the last word.
  if (root instanceof ShadowRoot) adoptStyles(root, [baseStyles, readingStyles, viewerStyles]);
  prepareSources(source, { client, assetsUrl }, scope);
}
