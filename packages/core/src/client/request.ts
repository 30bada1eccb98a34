import { bytesOf } from '../transport/call.js';
import { callContext, type ClientContext } from './context.js';
import type { ArchiveReply, ArchiveRequest } from './types.js';

/** Any call below the base, through the same pipeline as the resources. */
export async function sendRequest(context: ClientContext, request: ArchiveRequest): Promise<ArchiveReply> {
  context.assertOpen();
  const { name, method, path, headers = {}, body, repeatable, alsoOk } = request;
  const reply = await context.http.send({
    ...callContext(request),
    name,
    method,
    url: context.addresses.given(path === '' ? context.addresses.baseUrl : path),
    subject: 'service',
    // A body of megabytes takes as long as it takes; what counts is the archive's answer after it.
    deadline: 'idle',
    headers,
    ...(body !== undefined && { body }),
    ...(repeatable === true && { safe: true }),
    ...(alsoOk && { alsoOk }),
  });
  return { status: reply.status, headers: reply.headers, bytes: bytesOf(reply), requestId: reply.requestId };
}
