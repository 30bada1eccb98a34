import { AnjuanError } from '../errors/anjuan-error.js';

/** The part of Trusted Types that we use; older browsers have none. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): URL };
}

const folders = new Set<string>();
let policy: { createScriptURL(url: string): URL | string } | undefined;

/** The assets folder as an absolute URL with a trailing slash. */
export function assetsFolder(assetsUrl: string): string {
  const url = new URL(assetsUrl, document.baseURI);
  url.search = '';
  url.hash = '';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url.href;
}

/**
 * A script address below the assets folder, fit for `new Worker` under `require-trusted-types-for 'script'`.
 * Errors: `worker-blocked` for any other address, or when the page's CSP does not allow the policy `anjuan`.
 */
export function trustedScriptUrl(assetsUrl: string, path: string): URL | string {
  const folder = assetsFolder(assetsUrl);
  folders.add(folder);
  try {
    policy ??= createPolicy();
    return policy.createScriptURL(new URL(path, folder).href);
  } catch (cause) {
    throw new AnjuanError('worker-blocked', { cause });
  }
}

function createPolicy(): { createScriptURL(url: string): URL | string } {
  const rules = {
    createScriptURL(url: string): string {
      const { href } = new URL(url);
      if ([...folders].some((folder) => href.startsWith(folder))) return href;
      throw new TypeError('The script is outside assetsUrl.');
    },
  };
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  return trustedTypes?.createPolicy('anjuan', rules) ?? rules;
}
