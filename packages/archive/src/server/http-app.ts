import { Hono } from 'hono';
import type { Archive } from '../archive-options.js';
import { compressing } from './compress.js';
import type { PagePolicy } from './security-headers.js';
import { staticFolder } from './static-folder.js';

/** A folder of files under an address such as `/emr/`. */
export interface StaticSite {
  /** Starts and ends with a slash. */
  readonly prefix: string;
  readonly folder: string;
}

/** Something else that answers on the same origin, for example a signing service of the house. */
export interface MountedService {
  /** Starts and ends with a slash; the handler sees the whole address. */
  readonly prefix: string;
  readonly handle: (request: Request) => Promise<Response>;
}

/** What one origin serves. */
export interface HttpAppOptions {
  readonly archive: Archive;
  /** Handler for `/dev/`; absent: no development login. */
  readonly devLogin?: (request: Request) => Promise<Response>;
  readonly sites?: readonly StaticSite[];
  readonly services?: readonly MountedService[];
  /** What pages may do. */
  readonly policy?: PagePolicy;
  /** Where `/` leads. */
  readonly home?: string;
}

/** One origin for everything: the archive at `/fhir`, the development login, pages and scripts. */
export function createHttpApp({
  archive,
  devLogin,
  sites = [],
  services = [],
  policy = {},
  home,
}: HttpAppOptions): Hono {
  const app = new Hono();
  const compress = compressing();
  const fhir = async (request: Request): Promise<Response> => compress(request, await archive.handle(request));
  app.all('/fhir', ({ req }) => fhir(req.raw));
  app.all('/fhir/*', ({ req }) => fhir(req.raw));
  if (devLogin) app.all('/dev/*', ({ req }) => devLogin(req.raw));
  for (const { prefix, handle } of services) app.all(`${prefix}*`, ({ req }) => handle(req.raw));
  for (const { prefix, folder } of sites) {
    const serve = staticFolder(prefix, folder, policy);
    app.get(`${prefix}*`, async ({ req }) => compress(req.raw, await serve(req.raw)));
    app.get(prefix.slice(0, -1), (context) => context.redirect(prefix));
  }
  if (home !== undefined) app.get('/', (context) => context.redirect(home));
  return app;
}
