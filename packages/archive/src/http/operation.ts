import { AnjuanError } from '@anjuan/core';
import type { Call } from './call.js';
import { recordManifest } from './manifest.js';
import { pageImage, pageText } from './page.js';
import { searchText } from './search-text.js';
import type { Route } from './route.js';

/** `GET Type/id/$name`: the page service. Throws 501 when the archive has none, 404 for other names. */
export async function operation(call: Call, route: Extract<Route, { kind: 'operation' }>): Promise<Response> {
  const { key, versionId, name } = route;
  const { pageService } = call.service;
  if (!pageService) throw new AnjuanError('capability-missing');
  const ref = { documentId: key.id, ...(versionId !== undefined && { versionId }) };
  switch (`${key.type}/${name}`) {
    case 'List/$record-manifest':
      return recordManifest(call, key);
    case 'List/$search-text':
      return searchText(call, key, pageService);
    case 'DocumentReference/$page':
      return pageImage(call, ref, pageService);
    case 'DocumentReference/$page-text':
      return pageText(call, ref, pageService);
    default:
      throw new AnjuanError('capability-missing');
  }
}
