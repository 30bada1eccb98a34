let scriptFolder: string | undefined;

/**
 * Tells where the assets are by default: the bundle entry passes the folder of its own script. Call before elements
 * connect. Without it, `assets/` beside the page.
 */
export function setDefaultAssetsUrl(url: string): void {
  scriptFolder = url;
}

/** Absolute address of the assets folder, with a slash at the end. */
export function resolveAssetsUrl(value: string | undefined): string {
  const base = (globalThis as { document?: Document }).document?.baseURI ?? 'http://localhost/';
  const url = new URL(value || scriptFolder || 'assets/', base).href;
  return url.endsWith('/') ? url : `${url}/`;
}
