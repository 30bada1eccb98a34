import { AnjuanError } from '@anjuan/core';
import type { BlobInfo } from '../blob/blob-store.js';
import { Refusal } from '../fhir/refusal.js';
import type { ResourceKey } from '../fhir/resource.js';
import type { ReceivedUpload } from '../service/upload-service.js';
import { MEDIA_TYPE, putBytes, refuseForeigners } from './binary-upload.js';
import type { Call } from './call.js';
import { commit } from './commit.js';

/** The Binary of an upload has its id, so that finishing it twice makes one. */
const binaryOf = (uploadId: string): ResourceKey => ({ type: 'Binary', id: `upload-${uploadId}` });

/** Requests below `$upload`. */
export async function upload(call: Call, uploadId: string | undefined): Promise<Response> {
  const { uploadService } = call.service;
  if (!uploadService) throw new AnjuanError('capability-missing');
  await refuseForeigners(call);
  return uploadService.handle({
    request: call.request,
    endpoint: `${call.baseUrl}/$upload`,
    uploadId,
    ownerId: call.access.principal.userId,
    signal: call.signal,
    received: (id) => received(call, id),
    receive: async (id, { mime, bytes }) => {
      const contentType = MEDIA_TYPE.test(mime) ? mime : 'application/octet-stream';
      const blob = await putBytes(call, bytes);
      const resource = { resourceType: 'Binary', contentType } as const;
      await commit(call, [{ request: { kind: 'update', key: binaryOf(id), resource, blob, mustBeNew: true } }]);
      return acknowledgement(id, blob);
    },
  });
}

function acknowledgement(uploadId: string, { sha256, sizeBytes }: BlobInfo): ReceivedUpload {
  return { binary: `Binary/${binaryOf(uploadId).id}`, sha256, sizeBytes };
}

/** An upload of somebody else looks as if it were not there. */
async function received(call: Call, uploadId: string): Promise<ReceivedUpload | undefined> {
  const version = await call.service.store.read(binaryOf(uploadId), { signal: call.signal });
  if (!version?.blob) return undefined;
  if (call.access.decide(version.access).decision === 'read') return acknowledgement(uploadId, version.blob);
  throw new Refusal('protocol-invalid', { status: 404, issue: 'not-found', message: 'There is no such upload.' });
}
