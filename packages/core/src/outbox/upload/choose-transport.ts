import { AnjuanError } from '../../errors/anjuan-error.js';
import type { ArchiveClient } from '../../client/types.js';
import type { UploadTransport } from '../types.js';
import { createChunkedTransport } from './create-chunked-transport.js';
import { createTusTransport } from './create-tus-transport.js';

/** The transports of an archive: what it can resume, and what every archive has. */
export function defaultTransports(options: {
  readonly client: ArchiveClient;
  readonly chunkBytes?: number;
}): readonly UploadTransport[] {
  return [createTusTransport(options), createChunkedTransport(options)];
}

/** The transport by the archive's capabilities: `tus` when it offers that, else the first other one. Errors: `capability-missing`. */
export async function chooseTransport(
  client: ArchiveClient,
  transports: readonly UploadTransport[],
  signal: AbortSignal,
): Promise<UploadTransport> {
  const { upload } = await client.capabilities({ signal, lane: 'background' });
  const resumable = upload.includes('tus');
  const found =
    transports.find(({ name }) => (name === 'tus') === resumable) ?? transports.find(({ name }) => name !== 'tus');
  if (!found) throw new AnjuanError('capability-missing', { details: { reason: 'no-transport' } });
  return found;
}
