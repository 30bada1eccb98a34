import { AnjuanError, WIDTH_LADDER_PX } from '@anjuan/core';
import type { ResourceKey } from '../fhir/resource.js';
import type { PageSubject } from '../service/page-service.js';
import type { StoredVersion } from '../store/store.js';
import { pageSubject } from './commit.js';
import type { Call } from './call.js';
import { readable, readableVersion } from './guard.js';

export interface PageRef {
  readonly documentId: string;
  readonly versionId?: string;
}

/** A whole number of the query. Throws 400 when it is missing or none. */
export function numberParameter(call: Call, name: string): number {
  const text = call.url.searchParams.get(name) ?? '';
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new AnjuanError('invalid-argument', { details: { parameter: name } });
}

export function widthParameter(call: Call): number {
  const width = numberParameter(call, 'width');
  if ((WIDTH_LADDER_PX as readonly number[]).includes(width)) return width;
  throw new AnjuanError('invalid-argument', { details: { parameter: 'width' } });
}

/** The document to make pages of, when the user may read it. Throws 404, 403; 422 when it has no bytes here. */
export async function readableSubject(
  call: Call,
  interaction: 'page-image' | 'page-text',
  ref: PageRef,
): Promise<{ readonly version: StoredVersion; readonly subject: PageSubject }> {
  const key: ResourceKey = { type: 'DocumentReference', id: ref.documentId };
  const { versionId } = ref;
  const version =
    versionId === undefined
      ? await readable(call, interaction, key)
      : await readableVersion(call, interaction, { key, versionId });
  const subject = await pageSubject(call, version);
  if (!subject) throw new AnjuanError('document-empty');
  return { version, subject };
}
