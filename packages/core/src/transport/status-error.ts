import { AnjuanError, type SafeDetails } from '../errors/anjuan-error.js';
import type { ErrorCode } from '../errors/codes.js';
import { mediaTypeOf, textOf, type CallSubject, type Reply } from './call.js';
import { readOutcome, type OutcomeFacts } from './operation-outcome.js';
import { retryAfterOf } from './retry-after.js';

const notFound: Readonly<Record<CallSubject, ErrorCode>> = {
  record: 'record-not-found',
  document: 'document-not-found',
  page: 'page-not-found',
  search: 'protocol-invalid',
  service: 'protocol-not-fhir',
};

const byStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'auth-required',
  408: 'network-unavailable',
  409: 'version-conflict',
  412: 'version-conflict',
  413: 'validation-failed',
  422: 'validation-failed',
  423: 'version-conflict',
  429: 'network-throttled',
  501: 'capability-missing',
  502: 'network-unavailable',
  503: 'network-unavailable',
  504: 'network-unavailable',
};

/**
 * The error of an answer that is not a success: our own code in the OperationOutcome first, then the HTTP status.
 * Reads any body, also a proxy's HTML, and carries none of it on.
 */
export function errorOfReply(
  reply: Reply,
  context: { readonly subject: CallSubject; readonly nowMs: number },
): AnjuanError {
  const outcome = readOutcome(textOf(reply));
  const retryAfterMs = retryAfterOf(reply.headers, context.nowMs);
  const details: SafeDetails = {
    status: reply.status,
    ...(outcome.issueType !== undefined && { issueType: outcome.issueType }),
  };
  return new AnjuanError(outcome.code ?? codeOfStatus(reply, context.subject, outcome), {
    requestId: reply.requestId,
    details,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function codeOfStatus(reply: Reply, subject: CallSubject, outcome: OutcomeFacts): ErrorCode {
  const { status } = reply;
  if (status === 401 && saysExpired(reply, outcome)) return 'auth-expired';
  const known = byStatus[status];
  if (known) return known;
  if (status >= 500) return 'server-fault';
  // No FHIR engine answers in HTML: something between us and the archive did, and its 404 says nothing about the record.
  if (mediaTypeOf(reply) === 'text/html') return 'protocol-not-fhir';
  if (status === 403) return subject === 'document' || subject === 'page' ? 'document-locked' : 'record-forbidden';
  if (status === 404 || status === 410) return notFound[subject];
  return 'protocol-invalid';
}

/** @source RFC 6750 section 3.1: an expired token is `invalid_token`; the description is the only hint which one. */
function saysExpired(reply: Reply, outcome: OutcomeFacts): boolean {
  return outcome.issueType === 'expired' || /expired/i.test(reply.headers.get('www-authenticate') ?? '');
}
