import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasProgram } from '../../../fixtures/src/oracles/index.js';
import { bytesSource } from '../../../packages/sign/src/bytes/byte-source.js';
import { parseSignedData } from '../../../packages/sign/src/cms/index.js';
import { isDict } from '../../../packages/sign/src/pdf/objects.js';
import { openPdf } from '../../../packages/sign/src/pdf/read/index.js';
import { cutSignatures } from '../../../packages/sign/src/testing/cut-signatures.js';
import {
  askMutool,
  askOpensslCms,
  askOpensslTs,
  askPdfsig,
  askQpdf,
  pdfsigVerdicts,
  type Refusal,
} from '../oracles/programs.js';
import { matrixDir } from '../places.js';
import type { Level } from '../peers/arms.js';
import type { BenchPki } from '../pki.js';

export interface Output {
  readonly producer: string;
  readonly name: string;
  readonly input: Uint8Array;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly level: Level;
  /** The new signatures claim to be PAdES. */
  readonly pades: boolean;
  /** Programs of the west do not know SM2. */
  readonly sm2: boolean;
}

export interface Judged extends Output {
  readonly path: string;
  readonly refusals: Refusal[];
  readonly oracles: Set<string>;
  readonly prefixIdentical: boolean;
  readonly earlierFields: ReadonlySet<string>;
  /** Signatures of the input, and those whose field, range and verdict pdfsig tells as before. */
  readonly earlierTried: number;
  readonly earlierIntact: number;
  /** CMS and covered bytes of the new signatures, for BouncyCastle. */
  readonly fresh: readonly { readonly value: Uint8Array; readonly covered: Uint8Array }[];
}

const startsWith = (bytes: Uint8Array, prefix: Uint8Array): boolean =>
  Buffer.compare(bytes.subarray(0, prefix.length), prefix) === 0;

/** Asks all programs that take one file at a time. Those for many files at once come later. */
export async function judge(output: Output, { pki, untrustedFile }: BenchPki): Promise<Judged> {
  const { bytes, input, sm2, pades, level } = output;
  const path = join(matrixDir, `${output.name}.pdf`);
  const inputPath = join(matrixDir, `${output.name}.in.pdf`);
  await Promise.all([writeFile(path, bytes), writeFile(inputPath, input)]);
  const refusals: Refusal[] = [];
  const oracles = new Set<string>();
  const ask = async (oracle: string, verdict: Promise<Refusal | undefined>): Promise<void> => {
    oracles.add(oracle);
    const refusal = await verdict;
    if (refusal) refusals.push(refusal);
  };
  const earlier = new Set((await cutSignatures(input)).map(({ fieldName }) => fieldName));
  const all = await cutSignatures(bytes).catch((error: unknown) => {
    refusals.push({ oracle: 'reader', words: String(error) });
    return [];
  });
  const fresh = all.filter(({ fieldName }) => !earlier.has(fieldName));
  const cms = all.filter(({ kind }) => kind === 'Sig');
  if (hasProgram('qpdf')) await ask('qpdf', askQpdf(path, inputPath, ''));
  if (hasProgram('pdfsig') && !sm2) await ask('pdfsig', askPdfsig(path, cms.length));
  if (hasProgram('mutool') && !sm2) await ask('mutool', askMutool(path, cms.length, ''));
  if (fresh.length === 0) refusals.push({ oracle: 'level', words: 'no new signature' });
  let stamped = false;
  for (const [index, { kind, value, covered, tight, fieldName }] of all.entries()) {
    const isFresh = fresh.some((one) => one.fieldName === fieldName);
    if (isFresh && !tight) refusals.push({ oracle: 'byte range', words: `${fieldName}: the gap is not its own value` });
    const question = async (der: Uint8Array, data: Uint8Array, part: string) => {
      const [derFile, dataFile] = [`${path}.${String(index)}${part}.der`, `${path}.${String(index)}${part}.bin`];
      await Promise.all([writeFile(derFile, der), writeFile(dataFile, data)]);
      return { derFile, dataFile, rootsFile: pki.rootsFile, untrustedFile };
    };
    if (kind === 'DocTimeStamp') {
      stamped ||= isFresh;
      await ask('openssl ts', askOpensslTs(await question(value, covered, '')));
      continue;
    }
    const cades = isFresh && pades;
    if (!sm2) await ask('openssl cms', askOpensslCms(await question(value, covered, ''), { cades }));
    for (const signer of parseSignedData(value).signers)
      for (const token of signer.signatureTimestamps) {
        stamped ||= isFresh;
        await ask('openssl ts', askOpensslTs(await question(token, signer.signature, 't')));
      }
  }
  if (level !== 'B-B' && !stamped) refusals.push({ oracle: 'level', words: 'no timestamp' });
  if ((level === 'B-LT' || level === 'B-LTA') && !(await hasStore(bytes)))
    refusals.push({ oracle: 'level', words: 'no DSS with certificates and revocation' });
  if (level === 'B-LTA' && !fresh.some(({ kind }) => kind === 'DocTimeStamp'))
    refusals.push({ oracle: 'level', words: 'no document timestamp' });
  const asksPdfsig = earlier.size > 0 && hasProgram('pdfsig');
  const told = asksPdfsig ? await pdfsigVerdicts(inputPath) : [];
  const still = new Set(asksPdfsig ? await pdfsigVerdicts(path) : []);
  return {
    ...output,
    path,
    refusals,
    oracles,
    prefixIdentical: startsWith(bytes, input),
    earlierFields: earlier,
    earlierTried: told.length,
    earlierIntact: told.filter((line) => still.has(line)).length,
    fresh: fresh.filter(({ kind }) => kind === 'Sig'),
  };
}

async function hasStore(bytes: Uint8Array): Promise<boolean> {
  const file = await openPdf(bytesSource(bytes)).catch(() => undefined);
  if (!file) return false;
  const root = await file.resolve(file.trailer.entries.get('Root'));
  const store = isDict(root) ? await file.resolve(root.entries.get('DSS')) : undefined;
  return isDict(store) && store.entries.has('Certs') && (store.entries.has('OCSPs') || store.entries.has('CRLs'));
}
