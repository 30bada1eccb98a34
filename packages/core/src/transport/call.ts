import type { Lane } from '../client/types.js';

/** What a call is about: decides between `record-not-found`, `document-not-found`, ... when the archive says only 404. */
export type CallSubject = 'record' | 'document' | 'page' | 'search' | 'service';

/** Shared by every waiter of one call; a later waiter in a higher lane lifts it while it still queues. */
export interface LaneTicket {
  lane: Lane;
}

export interface Progress {
  readonly loadedBytes: number;
  readonly totalBytes: number | undefined;
}

/** One request on its way through the policies. Policies never change it, they pass a changed copy on. */
export interface Call {
  /** For telemetry, for example `records.search`. */
  readonly name: string;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Blob;
  /** May be repeated like a GET: it only reads, or the archive knows the repetition by itself. */
  readonly safe?: boolean;
  readonly subject: CallSubject;
  readonly signal: AbortSignal;
  readonly ticket: LaneTicket;
  /** `total`: the deadline covers the whole body. `idle`: it starts again with every chunk (large files). Default `total`. */
  readonly deadline?: 'total' | 'idle';
  /** Statuses besides 2xx that are answers, not faults, for example 304. */
  readonly alsoOk?: readonly number[];
  readonly onProgress?: (progress: Progress) => void;
}

/** A complete answer: the body has been read to its end. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly chunks: readonly Uint8Array<ArrayBuffer>[];
  readonly sizeBytes: number;
  /** The archive's request id, else ours. */
  readonly requestId: string;
}

export type Send = (call: Call) => Promise<Reply>;

/** One concern of the pipeline: wraps the rest of it. */
export type Policy = (next: Send) => Send;

/** The first policy is the outermost. */
export function compose(policies: readonly Policy[], send: Send): Send {
  return policies.reduceRight((next, policy) => policy(next), send);
}

export function bytesOf(reply: Reply): Uint8Array<ArrayBuffer> {
  const [only] = reply.chunks;
  if (only && reply.chunks.length === 1) return only;
  const bytes = new Uint8Array(reply.sizeBytes);
  let offset = 0;
  for (const chunk of reply.chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

export function textOf(reply: Reply): string {
  return new TextDecoder().decode(bytesOf(reply));
}

/** Media type in lower case, without parameters; empty when absent. */
export function mediaTypeOf(reply: Reply): string {
  const [type = ''] = (reply.headers.get('content-type') ?? '').split(';');
  return type.trim().toLowerCase();
}
