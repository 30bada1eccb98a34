import { bytesSource, joinBytes } from '../bytes/byte-source.js';
import { readDer } from '../der/index.js';
import { listSignatureFields, openPdf } from '../pdf/read/index.js';

/** A signature taken out of its file, for programs that know nothing of PDF. */
export interface CutSignature {
  readonly kind: 'Sig' | 'DocTimeStamp';
  readonly fieldName: string;
  /** DER, without the padding of its slot. */
  readonly value: Uint8Array;
  /** The bytes that it covers. */
  readonly covered: Uint8Array;
  /** The gap between the covered bytes is exactly the value's own string. */
  readonly tight: boolean;
}

/** Every signature and document timestamp of a file. */
export async function cutSignatures(bytes: Uint8Array, password = ''): Promise<readonly CutSignature[]> {
  const fields = await listSignatureFields(await openPdf(bytesSource(bytes), { password }));
  return fields.flatMap(({ name, value }) => {
    const [a = 0, b = 0, c = 0, d = 0] = value?.byteRange ?? [];
    if (!value?.contents) return [];
    const [start = 0, length = 0] = value.contentsSpan ?? [];
    return {
      kind: value.kind,
      fieldName: name,
      value: readDer(value.contents, { allowTrailing: true }).bytes,
      covered: joinBytes([bytes.subarray(a, a + b), bytes.subarray(c, c + d)]),
      tight: a === 0 && b === start && c === start + length,
    };
  });
}
