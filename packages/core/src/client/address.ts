import { AnjuanError } from '../errors/anjuan-error.js';
import type { ErrorCode } from '../errors/codes.js';

/** Ids as FHIR allows them, plus the underscore that some engines use. Dots alone would climb the path. */
const ID = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,64}$/;

/** Builds and judges addresses of one archive. */
export class Addresses {
  /** Without query, fragment or trailing slash. */
  readonly baseUrl: string;
  readonly #origins: ReadonlySet<string>;

  /** Errors: `invalid-argument` when the base is no http(s) address or carries credentials. */
  constructor(options: { readonly baseUrl: string; readonly extraOrigins?: readonly string[] }) {
    const base = parse(options.baseUrl, pageAddress());
    if (!base || !/^https?:$/.test(base.protocol) || base.username !== '' || base.password !== '') {
      throw new AnjuanError('invalid-argument', {
        message: 'baseUrl must be an http(s) address without credentials; outside a page it must be absolute.',
        details: { argument: 'baseUrl' },
      });
    }
    this.baseUrl = `${base.origin}${base.pathname.replace(/\/+$/, '')}`;
    this.#origins = new Set([
      base.origin,
      ...(options.extraOrigins ?? []).map((origin) => parse(origin)?.origin ?? ''),
    ]);
  }

  /** The archive's own origin: the only one that may see the token. */
  trusts(url: URL): boolean {
    return url.origin === new URL(this.baseUrl).origin;
  }

  /** An address below the base. Segments of `path` must be ids or fixed names. */
  below(path: string, query?: URLSearchParams): URL {
    const url = new URL(`${this.baseUrl}/${path}`);
    if (query) url.search = query.toString();
    return url;
  }

  /** An address the archive gave us, relative to the base or absolute. Errors: `protocol-invalid` outside the known origins. */
  given(reference: string): URL {
    const url = parse(reference, `${this.baseUrl}/`);
    if (!url || !this.#origins.has(url.origin) || url.username !== '' || url.password !== '') {
      throw new AnjuanError('protocol-invalid', {
        message: 'The archive named an address outside its own origin and extraOrigins.',
        details: { reason: 'foreign-origin' },
      });
    }
    return url;
  }
}

/** The id itself. An id that FHIR does not allow cannot exist, so it is `code` without asking the archive. */
export function checkedId(id: string, code: ErrorCode): string {
  if (!ID.test(id)) throw new AnjuanError(code, { details: { reason: 'malformed-id' } });
  return id;
}

function parse(address: string, base?: string): URL | undefined {
  try {
    return new URL(address, base);
  } catch {
    // The platform's message quotes the address.
    return undefined;
  }
}

function pageAddress(): string | undefined {
  const here = (globalThis as { location?: { href: string } }).location?.href;
  return here !== undefined && /^https?:/.test(here) ? here : undefined;
}
