import type { BlobInfo } from '../blob/blob-store.js';

/** What the archive has of a finished upload. */
export interface ReceivedUpload extends BlobInfo {
  /** `Binary/{id}`. */
  readonly binary: string;
}

/** One request below `$upload`, of a user who may upload. */
export interface UploadCall {
  readonly request: Request;
  /** Address of `$upload`, without a slash at its end. */
  readonly endpoint: string;
  /** Last part of the address; undefined for `$upload` itself. */
  readonly uploadId: string | undefined;
  /** Who asks: an upload is its creator's alone. */
  readonly ownerId: string;
  readonly signal: AbortSignal;
  /** The Binary that this upload became; undefined while it is not finished. */
  received(uploadId: string): Promise<ReceivedUpload | undefined>;
  /** Makes the Binary of a complete upload; done twice it is done once. */
  receive(
    uploadId: string,
    content: { readonly mime: string; readonly bytes: ReadableStream<Uint8Array> },
  ): Promise<ReceivedUpload>;
}

/** Takes files in parts, so that a broken line costs one part. Absent: capability `upload` has no `tus`. */
export interface UploadService {
  /** Headers that tell what is offered, for `OPTIONS`. */
  readonly discovery: Readonly<Record<string, string>>;
  handle(call: UploadCall): Promise<Response>;
}
