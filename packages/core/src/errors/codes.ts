/** What a code means, and whether the same call may work when it is made again. */
export interface ErrorCodeInfo {
  /** One English sentence: when it is raised. */
  readonly meaning: string;
  /** What the integrator or operator can do, in English. */
  readonly fix: string;
  /** The same call may work when it is made again. */
  readonly retryable: boolean;
}

/**
 * Every error code of Anjuan. The code is public API: it never changes its meaning.
 * The text a user reads is the catalogue message `errors.<code>`.
 */
export const errorCodes = {
  aborted: { meaning: 'The caller cancelled the operation.', fix: 'Nothing; this is not a fault.', retryable: false },
  'network-unreachable': {
    meaning: 'The archive did not answer at all.',
    fix: 'Check that the archive runs and the network path is open.',
    retryable: true,
  },
  'network-timeout': {
    meaning: 'The deadline passed before the archive answered.',
    fix: 'Retry; raise timeoutMs on slow links.',
    retryable: true,
  },
  'network-interrupted': { meaning: 'The connection broke inside a response body.', fix: 'Retry.', retryable: true },
  'network-throttled': {
    meaning: 'The archive asks to slow down (429).',
    fix: 'Wait as long as Retry-After says.',
    retryable: true,
  },
  'network-unavailable': {
    meaning: 'The archive is overloaded or in maintenance (502, 503, 504).',
    fix: 'Retry later.',
    retryable: true,
  },
  'network-circuit-open': {
    meaning: 'Too many calls failed lately, so this one was not sent.',
    fix: 'Wait for the half-open probe, then retry.',
    retryable: true,
  },
  'protocol-not-fhir': {
    meaning: 'The body is not what was asked for, for example a proxy page in HTML.',
    fix: 'Check base-url and any proxy between browser and archive.',
    retryable: true,
  },
  'protocol-invalid': {
    meaning: 'The archive rejected or broke the protocol (400, 405, 406, 415).',
    fix: 'Report it with the request id.',
    retryable: false,
  },
  'server-fault': {
    meaning: 'The archive failed inside (500).',
    fix: 'Retry once, then report it with the request id.',
    retryable: true,
  },
  'auth-required': {
    meaning: 'No token, or the token is not accepted (401).',
    fix: 'Return a valid token from the token callback.',
    retryable: false,
  },
  'auth-expired': {
    meaning: 'The token has expired.',
    fix: 'Let the token callback renew it and retry.',
    retryable: true,
  },
  'record-not-found': {
    meaning: 'No such record, or it is hidden from this user.',
    fix: 'Check the record id.',
    retryable: false,
  },
  'record-forbidden': {
    meaning: 'The user may not read this record.',
    fix: 'Apply to borrow it, or sign in with another role.',
    retryable: false,
  },
  'record-sealed': { meaning: 'The record is sealed.', fix: 'Ask the medical affairs office.', retryable: false },
  'document-not-found': {
    meaning: 'No such document, or it is hidden from this user.',
    fix: 'Reload the record.',
    retryable: false,
  },
  'document-locked': {
    meaning: 'The document exists but its label locks it for this user.',
    fix: 'Apply to borrow it.',
    retryable: false,
  },
  'page-not-found': {
    meaning: 'The document has no page with this number.',
    fix: 'Use a page number of the manifest.',
    retryable: false,
  },
  'version-conflict': {
    meaning: 'The resource changed since it was read (409, 412).',
    fix: 'Read it again and redo the change.',
    retryable: false,
  },
  'validation-failed': {
    meaning: 'The archive refused the content (422).',
    fix: 'Correct what the issues name.',
    retryable: false,
  },
  'search-filter-dropped': {
    meaning: 'The archive ignored a search filter, so the result would be wrong.',
    fix: 'Remove the filter or use an archive that supports it.',
    retryable: false,
  },
  'capability-missing': {
    meaning: 'The archive does not offer this function.',
    fix: 'Check capabilities() first.',
    retryable: false,
  },
  'integrity-mismatch': {
    meaning: 'Length or digest of the bytes differ from what the archive declared.',
    fix: 'Retry; if it stays, the stored file is damaged: report it.',
    retryable: true,
  },
  'pdf-malformed': {
    meaning: 'The PDF is damaged or cut off.',
    fix: 'Ask the source system to send the document again.',
    retryable: false,
  },
  'pdf-encrypted': {
    meaning: 'The PDF needs a password.',
    fix: 'Ask the source system for an unprotected file.',
    retryable: false,
  },
  'pdf-too-large': {
    meaning: 'The PDF has more pages or larger pages than the limit.',
    fix: 'Split the document.',
    retryable: false,
  },
  'document-empty': {
    meaning: 'The file has zero bytes or no page.',
    fix: 'Ask the source system to send the document again.',
    retryable: false,
  },
  'document-unsupported': {
    meaning: 'No page source can show this format, or the MIME type is wrong.',
    fix: 'Download the original, or convert it.',
    retryable: false,
  },
  'image-malformed': { meaning: 'The image cannot be decoded.', fix: 'Scan or export it again.', retryable: false },
  'render-failed': {
    meaning: 'A page could not be drawn.',
    fix: 'Retry; show the original bytes otherwise.',
    retryable: true,
  },
  'render-memory': {
    meaning: 'The page is too large for the memory budget of this browser.',
    fix: 'Zoom out or close other records.',
    retryable: true,
  },
  'worker-blocked': {
    meaning: 'The worker could not start: wrong assetsUrl, CSP or an old browser.',
    fix: 'Serve the assets folder from the same origin and check assets-url and the CSP.',
    retryable: true,
  },
  'assets-missing': {
    meaning: 'A file below assetsUrl is missing or has another version.',
    fix: 'Copy the assets folder of this very version.',
    retryable: false,
  },
  'storage-quota': {
    meaning: 'The browser store is full.',
    fix: 'Free space; the viewer goes on without its cache.',
    retryable: false,
  },
  'unsupported-browser': {
    meaning: 'This browser is older than the floor.',
    fix: 'Use Chromium 125 or newer, or the rendition mode.',
    retryable: false,
  },
  'client-closed': {
    meaning: 'The client was closed before or during the call.',
    fix: 'Create a new client.',
    retryable: false,
  },
  'invalid-argument': {
    meaning: 'A caller passed a value outside its documented range.',
    fix: 'See the expected and received values in details.',
    retryable: false,
  },
  unexpected: { meaning: 'An error nobody foresaw.', fix: 'Report it with the diagnostics.', retryable: false },
} as const satisfies Record<string, ErrorCodeInfo>;

/** A stable, documented error code. */
export type ErrorCode = keyof typeof errorCodes;

/** True for a code of this version. (`Object.hasOwn` needs Chromium 93.) */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.prototype.hasOwnProperty.call(errorCodes, value);
}
