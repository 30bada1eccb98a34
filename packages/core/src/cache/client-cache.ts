import type { PageText } from '../model/page.js';
import type { RecordManifest } from '../model/record.js';
import { LruCache } from './lru-cache.js';

export const cacheDefaults = {
  /** Page images kept, in bytes of JPEG. */
  pageImageBytes: 64 * 1024 * 1024,
  /** Page texts kept, in UTF-16 code units. */
  pageTextUnits: 4 * 1024 * 1024,
  /** Manifests kept. */
  manifests: 16,
} as const;

export interface KnownManifest {
  readonly manifest: RecordManifest;
  /** Undefined: the archive gave none, so it cannot be revalidated. */
  readonly etag: string | undefined;
}

/** What a client remembers. Images and texts are keyed by version, so they never go stale; manifests are revalidated. */
export class ClientCache {
  readonly manifests = new LruCache<KnownManifest>({ budget: cacheDefaults.manifests });
  readonly pageImages: LruCache<Blob>;
  readonly pageTexts = new LruCache<PageText>({ budget: cacheDefaults.pageTextUnits });

  constructor({ pageImageBytes }: { readonly pageImageBytes: number }) {
    this.pageImages = new LruCache({ budget: pageImageBytes });
  }

  wipe(): void {
    this.manifests.clear();
    this.pageImages.clear();
    this.pageTexts.clear();
  }
}
