import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AnjuanError } from '@anjuan/core';
import { hasProgram } from '../../../fixtures/src/oracles/index.js';
import { bytesSource } from '../../../packages/sign/src/bytes/byte-source.js';
import { signPdf } from '../../../packages/sign/src/signing/index.js';
import { pdfsigVerdicts } from '../oracles/programs.js';
import { outputsDir } from '../places.js';
import type { BenchPki } from '../pki.js';

export interface OutsideResult {
  readonly files: number;
  readonly signed: number;
  readonly prefixIdentical: number;
  /** Files with signatures that pdfsig judges after ours as before, of all that it could read before. */
  readonly earlierIntact: number;
  readonly earlierTried: number;
  readonly earlierSignatures: number;
  /** Our own new signature is valid to pdfsig. */
  readonly newValid: number;
  readonly newTried: number;
  /** Files that were not signed, by code and reason. */
  readonly refusals: Readonly<Record<string, number>>;
  /** Errors that are no typed refusal. */
  readonly failures: readonly string[];
  readonly broken: readonly {
    readonly file: string;
    readonly before: readonly string[];
    readonly after: readonly string[];
  }[];
  readonly newInvalid: readonly { readonly file: string; readonly words: string }[];
}

function pdfFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.pdf$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const verdict = (line: string): string => line.split('|').at(-1) ?? '';

/** Signs every file of the folders once more: nothing before may change, no earlier signature may suffer. */
export async function measureOutside(
  bench: BenchPki,
  folders: readonly string[],
  say: (text: string) => void,
): Promise<OutsideResult> {
  const files = folders.flatMap(pdfFiles);
  const refusals: Record<string, number> = {};
  const failures: string[] = [];
  const broken: OutsideResult['broken'][number][] = [];
  const newInvalid: OutsideResult['newInvalid'][number][] = [];
  let [signed, prefixIdentical, earlierIntact, earlierTried, earlierSignatures, newValid, newTried, done] = [
    0, 0, 0, 0, 0, 0, 0, 0,
  ];
  const queue = [...files];
  const one = async (file: string, lane: number): Promise<void> => {
    const original = new Uint8Array(readFileSync(file));
    let bytes: Uint8Array;
    try {
      const result = await signPdf(bytesSource(original), { ...bench.setup, signer: bench.signers.rsa, level: 'B-B' });
      bytes = await result.bytes();
    } catch (error) {
      if (!(error instanceof AnjuanError)) failures.push(`${basename(file)}: ${String(error)}`);
      const code = error instanceof AnjuanError ? error.code : 'untyped';
      const reason = error instanceof AnjuanError ? (error.details['reason'] ?? '') : '';
      const key = `${code} ${String(reason)}`.trim();
      refusals[key] = (refusals[key] ?? 0) + 1;
      return;
    }
    signed += 1;
    if (Buffer.compare(bytes.subarray(0, original.length), original) === 0) prefixIdentical += 1;
    if (!hasProgram('pdfsig')) return;
    const path = join(outputsDir, `outside-${String(lane)}.pdf`);
    await writeFile(path, bytes);
    const [before, after] = [await pdfsigVerdicts(file), await pdfsigVerdicts(path)];
    if (before.length > 0) {
      earlierTried += 1;
      earlierSignatures += before.length;
      // Field and range say which signature it is; what is said of it may not change.
      const left = [...after];
      const kept = before.every((line) => {
        const at = left.indexOf(line);
        if (at >= 0) left.splice(at, 1);
        return at >= 0;
      });
      if (kept) earlierIntact += 1;
      else broken.push({ file: basename(file), before, after });
    }
    const fresh = after.filter((line) => !before.includes(line));
    if (after.length === 0) return;
    newTried += 1;
    if (fresh.some((line) => /Signature is Valid/.test(verdict(line)))) newValid += 1;
    else newInvalid.push({ file: basename(file), words: fresh.join('; ') || after.join('; ') });
  };
  const lane = async (number: number): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      await one(next, number);
      done += 1;
      if (done % 50 === 0) say(`${String(done)} of ${String(files.length)} outside files …`);
    }
  };
  await Promise.all([lane(0), lane(1)]);
  return {
    files: files.length,
    signed,
    prefixIdentical,
    earlierIntact,
    earlierTried,
    earlierSignatures,
    newValid,
    newTried,
    refusals,
    failures,
    broken,
    newInvalid,
  };
}
