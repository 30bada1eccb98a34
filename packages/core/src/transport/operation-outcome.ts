import { isErrorCode, type ErrorCode } from '../errors/codes.js';
import { field, list, parseJson, text } from '../json/read.js';
import { codeSystems } from '../model/fhir-names.js';

/** What an OperationOutcome tells us, and nothing a person wrote into it. */
export interface OutcomeFacts {
  /** Our own code, when the archive speaks it. */
  readonly code?: ErrorCode;
  /** FHIR issue type of the first issue, for example `not-found`. */
  readonly issueType?: string;
}

/** Reads a body that may be anything: JSON of any shape, HTML, nothing. Never throws, keeps no text of the body. */
export function readOutcome(body: string): OutcomeFacts {
  const outcome = parseJson(body);
  if (field(outcome, 'resourceType') !== 'OperationOutcome') return {};
  const issues = list(outcome, 'issue');
  const code = issues.map(ownCode).find((found) => found !== undefined);
  const issueType = issues.map((issue) => text(issue, 'code')).find(isIssueType);
  return { ...(code && { code }), ...(issueType !== undefined && { issueType }) };
}

function ownCode(issue: unknown): ErrorCode | undefined {
  for (const coding of list(issue, 'details', 'coding')) {
    const code = text(coding, 'code');
    if (text(coding, 'system') === codeSystems.error && isErrorCode(code)) return code;
  }
  return undefined;
}

function isIssueType(value: string | undefined): value is string {
  return value !== undefined && /^[a-z-]{3,20}$/.test(value);
}
