import type { Archive, ArchiveOptions } from './archive-options.js';
import { handle } from './http/handle.js';
import { createService } from './http/service.js';

/** Makes an archive: a function from Request to Response, the server side of the client's Transport. */
export function createArchive(options: ArchiveOptions): Archive {
  const service = createService(options);
  return { handle: (request) => handle(service, request) };
}
