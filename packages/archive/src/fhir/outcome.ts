import { AnjuanError, codeSystems, type ErrorCode } from '@anjuan/core';
import type { JsonObject } from './json.js';
import { Refusal, type IssueType } from './refusal.js';

interface Failure {
  readonly status: number;
  readonly issue: IssueType;
}

/** How errors that do not say it themselves look on the wire; everything else is 500. */
const failures: Partial<Record<ErrorCode, Failure>> = {
  aborted: { status: 499, issue: 'transient' },
  'auth-required': { status: 401, issue: 'login' },
  'auth-expired': { status: 401, issue: 'expired' },
  'record-not-found': { status: 404, issue: 'not-found' },
  'document-not-found': { status: 404, issue: 'not-found' },
  'page-not-found': { status: 404, issue: 'not-found' },
  'record-forbidden': { status: 403, issue: 'forbidden' },
  'record-sealed': { status: 403, issue: 'forbidden' },
  'document-locked': { status: 403, issue: 'forbidden' },
  'version-conflict': { status: 412, issue: 'conflict' },
  'validation-failed': { status: 422, issue: 'processing' },
  'integrity-mismatch': { status: 422, issue: 'processing' },
  'invalid-argument': { status: 400, issue: 'value' },
  'protocol-invalid': { status: 400, issue: 'invalid' },
  'capability-missing': { status: 501, issue: 'not-supported' },
  'network-throttled': { status: 429, issue: 'transient' },
  'network-unavailable': { status: 503, issue: 'transient' },
  'pdf-malformed': { status: 422, issue: 'processing' },
  'pdf-encrypted': { status: 422, issue: 'processing' },
  'pdf-too-large': { status: 422, issue: 'too-long' },
  'document-empty': { status: 422, issue: 'processing' },
  'document-unsupported': { status: 422, issue: 'not-supported' },
  'image-malformed': { status: 422, issue: 'processing' },
};

/** An error as the archive answers it. */
export interface WireError extends Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly expression: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

export function toWireError(value: unknown): WireError {
  const error = AnjuanError.from(value);
  if (value instanceof Refusal) {
    const { status, issue, message, expression, headers } = value;
    return { code: value.code, status, issue, message, expression, headers };
  }
  const failure = failures[error.code];
  // Messages of foreign errors may quote content; the table's sentence is all that leaves.
  const known = failure ?? { status: 500, issue: 'exception' as const };
  const code = failure ? error.code : 'server-fault';
  const { message } = new AnjuanError(code);
  const headers =
    error.code === 'auth-required' || error.code === 'auth-expired' ? { 'WWW-Authenticate': 'Bearer' } : {};
  return { ...known, code, message, expression: [], headers };
}

export function operationOutcome(error: WireError): JsonObject {
  return {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: error.status >= 500 && error.status !== 501 ? 'fatal' : 'error',
        code: error.issue,
        details: { coding: [{ system: codeSystems.error, code: error.code }] },
        diagnostics: error.message,
        ...(error.expression.length > 0 && { expression: error.expression }),
      },
    ],
  };
}
