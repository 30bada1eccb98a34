import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderDocument } from '../folder-format.js';

/** The bytes of one document with their digests. */
export interface FileBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
  readonly sha1: string;
}

/** Reads a document's file. A file that is missing or unreadable counts as empty: the batch goes on and says so. */
export async function readDocumentFile(folder: string, document: FolderDocument): Promise<FileBytes> {
  const read = await readFile(join(folder, document.file)).catch(() => Buffer.alloc(0));
  const bytes = new Uint8Array(read.buffer as ArrayBuffer, read.byteOffset, read.byteLength);
  return {
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sha1: createHash('sha1').update(bytes).digest('base64'),
  };
}

/** The Binary of these bytes in this document: a new file gets a new Binary, the old version keeps its own. */
export function binaryIdOf(document: FolderDocument, sha256: string): string {
  return `b-${createHash('sha256').update(`${document.documentId}/${sha256}`).digest('hex').slice(0, 40)}`;
}
