/** What can go wrong between page and archive. */
export type Fault =
  /** The answer comes `ms` milliseconds late. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** No answer ever; only abort ends it. */
  | { readonly kind: 'stall' }
  /** The network refuses. */
  | { readonly kind: 'offline' }
  /** Any status, with an OperationOutcome of our own code or an empty body. */
  | { readonly kind: 'status'; readonly status: number; readonly code?: string; readonly retryAfter?: string }
  /** A proxy's page instead of the answer. Default status 200. */
  | { readonly kind: 'html'; readonly status?: number; readonly retryAfter?: string }
  /** The connection breaks after so many bytes of the body. */
  | { readonly kind: 'cut-body'; readonly afterBytes: number }
  /** The body ends early without an error while `Content-Length` promises `missingBytes` more. */
  | { readonly kind: 'wrong-length'; readonly missingBytes: number }
  /** The body starts and never ends; only abort ends it. */
  | { readonly kind: 'stalled-body'; readonly afterBytes: number };

export const PROXY_PAGE = '<!doctype html><html><head><title>502</title></head><body><h1>网关错误</h1></body></html>';
