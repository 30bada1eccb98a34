/**
 * What a page that embeds Anjuan must send at least; the example pages send exactly this, so a breach shows here first.
 * `trusted-types` names the two policies in use: lit's own and the one for worker addresses.
 */
const contentSecurityPolicy = (scripts: string): string =>
  [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' blob: data:",
    "worker-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html anjuan',
  ].join('; ');

/** Whether pages may compile WebAssembly: scans are decoded and worked on faster, barcodes are read at all. */
export interface PagePolicy {
  /** Default true. */
  readonly wasm?: boolean;
}

/** Headers of every page, script and worker that this server hands out. */
export function pageHeaders({ wasm = true }: PagePolicy = {}): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentSecurityPolicy(wasm ? "'self' 'wasm-unsafe-eval'" : "'self'"),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    // What capture uses; nobody else gets it, and nothing else is used.
    'permissions-policy': 'camera=(self), hid=(self), usb=(self), serial=(self), microphone=(), geolocation=()',
  };
}
