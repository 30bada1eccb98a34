import type { CaptureErrorCode } from './capture-codes.js';
import type { SignErrorCode } from './sign-codes.js';

/** What a code means, and whether the same call may work when it is made again. */
export interface ErrorCodeInfo {
  /** One English sentence: when it is raised. */
  readonly meaning: string;
  /** The same call may work when it is made again. */
  readonly retryable: boolean;
}

/**
 * The error codes that client and viewer raise; those of capture stand in `captureErrorCodes`, so that a page without
 * capture does not load them. A code is public API: it never changes its meaning.
 * The text a user reads is the catalogue message `errors.<code>`.
 */
export const errorCodes = {
  aborted: { meaning: 'The caller cancelled the operation.', retryable: false },
  'network-unreachable': {
    meaning: 'The archive did not answer at all.',
    retryable: true,
  },
  'network-timeout': {
    meaning: 'The archive did not answer in time.',
    retryable: true,
  },
  'network-interrupted': { meaning: 'The connection broke inside a response body.', retryable: true },
  'network-throttled': {
    meaning: 'The archive asks to slow down (429).',
    retryable: true,
  },
  'network-unavailable': {
    meaning: 'The archive is busy or in maintenance (502, 503, 504).',
    retryable: true,
  },
  'network-circuit-open': {
    meaning: 'Not sent: too many calls failed lately.',
    retryable: true,
  },
  'protocol-not-fhir': {
    meaning: 'The body is not FHIR but, say, a proxy page.',
    retryable: true,
  },
  'protocol-invalid': {
    meaning: 'The archive rejected or broke the protocol (400, 405, 406, 415).',
    retryable: false,
  },
  'server-fault': {
    meaning: 'The archive failed inside (500).',
    retryable: true,
  },
  'auth-required': {
    meaning: 'No token, or the token is not accepted (401).',
    retryable: false,
  },
  'auth-expired': {
    meaning: 'The token has expired.',
    retryable: true,
  },
  'record-not-found': {
    meaning: 'No such record, or it is hidden from this user.',
    retryable: false,
  },
  'record-forbidden': {
    meaning: 'The user may not read this record.',
    retryable: false,
  },
  'record-sealed': { meaning: 'The record is sealed.', retryable: false },
  'document-not-found': {
    meaning: 'No such document, or it is hidden from this user.',
    retryable: false,
  },
  'document-locked': {
    meaning: 'Its label locks the document for this user.',
    retryable: false,
  },
  'page-not-found': {
    meaning: 'The document has no page with this number.',
    retryable: false,
  },
  'version-conflict': {
    meaning: 'The resource changed since it was read (409, 412).',
    retryable: false,
  },
  'validation-failed': {
    meaning: 'The archive refused the content (422).',
    retryable: false,
  },
  'search-filter-dropped': {
    meaning: 'The archive ignored a search filter.',
    retryable: false,
  },
  'capability-missing': {
    meaning: 'The archive does not offer this function.',
    retryable: false,
  },
  'integrity-mismatch': {
    meaning: 'Length or digest of the bytes differ from the declared ones.',
    retryable: true,
  },
  'pdf-malformed': {
    meaning: 'The PDF is damaged or cut off.',
    retryable: false,
  },
  'pdf-encrypted': {
    meaning: 'The PDF needs a password.',
    retryable: false,
  },
  'pdf-too-large': {
    meaning: 'The PDF has too many or too large pages.',
    retryable: false,
  },
  'document-empty': {
    meaning: 'The file has zero bytes or no page.',
    retryable: false,
  },
  'document-unsupported': {
    meaning: 'No page source can show this format.',
    retryable: false,
  },
  'image-malformed': { meaning: 'The image cannot be decoded.', retryable: false },
  'render-failed': {
    meaning: 'A page could not be drawn.',
    retryable: true,
  },
  'render-memory': {
    meaning: 'The page is too large for the memory budget.',
    retryable: true,
  },
  'worker-blocked': {
    meaning: 'The worker could not start: wrong assetsUrl, CSP or an old browser.',
    retryable: true,
  },
  'assets-missing': {
    meaning: 'A file below assetsUrl is missing or of another version.',
    retryable: false,
  },
  'unsupported-browser': {
    meaning: 'This browser is older than the floor.',
    retryable: false,
  },
  'client-closed': {
    meaning: 'The client was closed.',
    retryable: false,
  },
  'invalid-argument': {
    meaning: 'A value is outside its documented range.',
    retryable: false,
  },
  unexpected: { meaning: 'An error nobody foresaw.', retryable: false },
} as const satisfies Record<string, ErrorCodeInfo>;

/** A code of client and viewer. */
export type BaseErrorCode = keyof typeof errorCodes;

/** A stable, documented error code. */
export type ErrorCode = BaseErrorCode | CaptureErrorCode | SignErrorCode;

/** True for a code of `errorCodes`. (`Object.hasOwn` needs Chromium 93.) */
export function isErrorCode(value: unknown): value is BaseErrorCode {
  return typeof value === 'string' && Object.prototype.hasOwnProperty.call(errorCodes, value);
}
