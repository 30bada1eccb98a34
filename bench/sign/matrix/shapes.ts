import { inputShapes, streamShape, tableShape } from '../../../packages/sign/src/testing/shapes.js';
import { signedElsewhere, type PeerArm } from '../peers/arms.js';
import type { BenchPki } from '../pki.js';

/** An input of the matrix. None needs a password to be opened. */
export interface MatrixShape {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Eight ways in which files come: six layouts, and two that other producers have signed already. */
export async function matrixShapes(bench: BenchPki, peers: readonly PeerArm[]): Promise<readonly MatrixShape[]> {
  const made = new Map(inputShapes().map(({ name, bytes }) => [name, bytes]));
  const libpdf = peers.find(({ name }) => name === '@libpdf/core');
  if (!libpdf) throw new Error('the peer that signs an input is missing');
  const once = await libpdf.sign(streamShape(), 'rsa', 'B-B');
  return [
    ...['table', 'xref-stream', 'object-streams', 'linearized', 'hybrid', 'aes-256'].map((name) => {
      const bytes = made.get(name);
      if (!bytes) throw new Error(`no shape ${name}`);
      return { name, bytes };
    }),
    { name: 'signed-once', bytes: await signedElsewhere(bench, tableShape()) },
    { name: 'signed-twice', bytes: await libpdf.sign(once, 'ecdsa', 'B-B') },
  ];
}
