import { AnjuanError, type ErrorCode } from '@anjuan/core';

/** FHIR issue types the archive uses. @source FHIR R4 value set issue-type */
export type IssueType =
  | 'invalid'
  | 'structure'
  | 'required'
  | 'value'
  | 'login'
  | 'expired'
  | 'forbidden'
  | 'not-found'
  | 'not-supported'
  | 'duplicate'
  | 'conflict'
  | 'too-long'
  | 'business-rule'
  | 'exception'
  | 'transient'
  | 'processing';

export interface RefusalOptions {
  readonly status: number;
  readonly issue: IssueType;
  /** English, free of values from the request: it may stand in logs. */
  readonly message: string;
  /** FHIRPath or parameter names; names only, never values. */
  readonly expression?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request the archive turns down; becomes a status and an OperationOutcome. */
export class Refusal extends AnjuanError {
  readonly status: number;
  readonly issue: IssueType;
  readonly expression: readonly string[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, options: RefusalOptions) {
    super(code, { message: options.message });
    this.status = options.status;
    this.issue = options.issue;
    this.expression = options.expression ?? [];
    this.headers = options.headers ?? {};
  }
}

/** 400: the request itself is wrong. */
export function badRequest(message: string, expression: readonly string[] = []): Refusal {
  return new Refusal('protocol-invalid', { status: 400, issue: 'invalid', message, expression });
}

/** 422: well formed, but not acceptable content. */
export function unprocessable(message: string, expression: readonly string[] = []): Refusal {
  return new Refusal('validation-failed', { status: 422, issue: 'processing', message, expression });
}
