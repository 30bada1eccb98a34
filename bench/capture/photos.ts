import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Quad } from '../../packages/capture/src/picture/quad.js';
import { photosDir, truthFile } from './places.js';

export interface Photo {
  readonly id: string;
  readonly url: string;
  readonly corners: Quad;
}

interface Truth {
  readonly photos: readonly { readonly file: string; readonly sha256: string; readonly corners: Quad }[];
}

/** Photographs inside the installed peer, with our own corners; a file that has changed is left out. */
export function installedPhotos(): Photo[] {
  return photosOf(photosDir, '/photos/', JSON.parse(readFileSync(truthFile, 'utf8')) as Truth);
}

/** Any other folder with a `truth.json` of the same form. */
export function extraPhotos(folder: string): Photo[] {
  return photosOf(folder, '/extra/', JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth);
}

function photosOf(folder: string, prefix: string, { photos }: Truth): Photo[] {
  return photos.flatMap(({ file, sha256, corners }) => {
    const path = join(folder, file);
    if (!existsSync(path)) return [];
    const found = createHash('sha256').update(readFileSync(path)).digest('hex');
    return found === sha256 ? [{ id: file, url: prefix + encodeURIComponent(file), corners }] : [];
  });
}
