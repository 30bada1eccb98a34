import { createArchive } from '../archive.js';
import type { ArchiveOptions } from '../archive-options.js';
import { fixedUser, type Principal } from '../auth/principal.js';
import { MemoryBlobStore } from '../blob/memory-blob-store.js';
import type { Json, JsonObject } from '../fhir/json.js';
import { MemoryStore } from '../store/memory-store.js';

export const TEST_BASE = 'http://archive.test/fhir';

export interface TestRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, unless it is bytes or text. */
  readonly body?: Json | Uint8Array<ArrayBuffer>;
  readonly signal?: AbortSignal;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON object; empty when it is none. */
  readonly json: JsonObject;
}

/** One user's way into an archive. */
export type TestUser = (path: string, request?: TestRequest) => Promise<TestAnswer>;

export type TestArchiveOptions = Partial<Omit<ArchiveOptions, 'auth'>>;

/** An archive in memory, or over given stores, that answers as any user. */
export class TestArchive {
  readonly store: ArchiveOptions['store'];
  readonly blobs: ArchiveOptions['blobs'];
  readonly #options: TestArchiveOptions;

  constructor(options: TestArchiveOptions = {}) {
    this.#options = options;
    this.store = options.store ?? new MemoryStore();
    this.blobs = options.blobs ?? new MemoryBlobStore();
  }

  as(principal: Principal): TestUser {
    const { store, blobs } = this;
    const archive = createArchive({ ...this.#options, store, blobs, auth: fixedUser(principal) });
    return async (path, init = {}) => answerOf(await archive.handle(requestOf(path, init)));
  }
}

function requestOf(path: string, init: TestRequest): Request {
  const { body } = init;
  const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  const method = init.method ?? (body === undefined ? 'GET' : 'POST');
  const headers = new Headers(init.headers);
  if (body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/fhir+json');
  return new Request(path.startsWith('http') ? path : `${TEST_BASE}/${path}`.replace(/\/$/, ''), {
    method,
    headers,
    ...(body !== undefined && { body: raw ? (body as string | Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
    ...(init.signal && { signal: init.signal }),
  });
}

async function answerOf(response: Response): Promise<TestAnswer> {
  const text = await response.text();
  let json: JsonObject = {};
  try {
    json = JSON.parse(text) as JsonObject;
  } catch {
    // Not every answer is JSON.
  }
  return { status: response.status, headers: response.headers, text, json };
}
