import { errorCodes, isErrorCode, type ErrorCode, type ErrorCodeInfo } from './codes.js';

/** Facts safe for a log: numbers, flags, codes and ids of requests. Never text of a record, a URL or a body. */
export type SafeDetails = Readonly<Record<string, string | number | boolean | null>>;

/** What an error is made of besides its code. */
export interface AnjuanErrorOptions {
  /** English text for developers, free of patient data. Default: the code's meaning. */
  readonly message?: string;
  /** The error underneath; never leaves the page. */
  readonly cause?: unknown;
  /** The archive's request id, when a request was made. */
  readonly requestId?: string;
  /** Facts for developers, safe for logs. Default none. */
  readonly details?: SafeDetails;
  /** Milliseconds the archive asked to wait (Retry-After). */
  readonly retryAfterMs?: number;
  /** Overrides the table, for example when a retry was already confirmed useless. */
  readonly retryable?: boolean;
}

const NAME = 'AnjuanError';
const CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Parts that are loaded on demand bring meaning and `retryable` of their codes along in the options. */
const infoOf = (code: ErrorCode): ErrorCodeInfo =>
  isErrorCode(code) ? errorCodes[code] : { meaning: code, retryable: false };

/**
 * The one error class of Anjuan. Switch on `code`; show the catalogue text `errors.<code>` to users.
 */
export class AnjuanError extends Error {
  /** Always `AnjuanError`: survives minifiers, realms and workers. */
  override readonly name = NAME;
  /** What happened; stable. */
  readonly code: ErrorCode;
  /** The same call may work when it is made again. */
  readonly retryable: boolean;
  /** Finds the call in the logs of page, proxy and archive. */
  readonly requestId: string | undefined;
  /** Facts for developers, safe for logs. */
  readonly details: SafeDetails;
  /** Milliseconds the archive asked to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, options: AnjuanErrorOptions = {}) {
    super(options.message ?? infoOf(code).meaning, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? infoOf(code).retryable;
    this.requestId = options.requestId;
    this.details = options.details ?? {};
    this.retryAfterMs = options.retryAfterMs;
  }

  /** Key of the text for users in the message catalogue. */
  get messageKey(): `errors.${ErrorCode}` {
    return `errors.${this.code}`;
  }

  /** True for an AnjuanError of any copy of the package, realm or worker; with `code`, of that code only. */
  static is(value: unknown, code?: ErrorCode): value is AnjuanError {
    if (typeof value !== 'object' || value === null) return false;
    const error = value as { name?: unknown; code?: unknown };
    if (error.name !== NAME || typeof error.code !== 'string' || !CODE.test(error.code)) return false;
    return code === undefined || error.code === code;
  }

  /** The value itself when it is an AnjuanError; `aborted` for an AbortError; else `unexpected` with the value as cause. */
  static from(value: unknown): AnjuanError {
    if (AnjuanError.is(value)) return value;
    const aborted = value instanceof Error && value.name === 'AbortError';
    return new AnjuanError(aborted ? 'aborted' : 'unexpected', { cause: value });
  }

  /** Safe for logs and for the iframe bridge: no cause, no stack. */
  toJSON(): { name: string; code: ErrorCode; retryable: boolean; requestId: string | null; details: SafeDetails } {
    return {
      name: NAME,
      code: this.code,
      retryable: this.retryable,
      requestId: this.requestId ?? null,
      details: this.details,
    };
  }
}
