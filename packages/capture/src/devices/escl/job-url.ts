import { captureError } from '@anjuan/core/outbox';

/**
 * Address of a job below the base address. Only the id of `Location` is used: behind a proxy its host is wrong anyway, some
 * firmware writes broken hosts (`http://[fe80/…`), and a scanner must not send the page anywhere else.
 */
export function jobUrl(baseUrl: string, location: string): string {
  const path = location.split(/[?#]/, 1)[0] ?? '';
  const id = (/ScanJobs\/([^/]+)\/?$/i.exec(path) ?? /([^/]+)\/?$/.exec(path))?.[1] ?? '';
  if (!/^[\w.~:%-]{1,200}$/.test(id) || /^\.+$/.test(id))
    throw captureError('device-protocol', { details: { part: 'location' } });
  return `${baseUrl}/ScanJobs/${id}`;
}
