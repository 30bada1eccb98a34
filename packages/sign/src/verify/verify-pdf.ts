import { AnjuanError } from '@anjuan/core';
import type { ByteSource } from '../bytes/byte-source.js';
import { openCryptoEngine, type CryptoEngine } from '../crypto/index.js';
import type { PdfFile } from '../pdf/pdf-file.js';
import { openPdf } from '../pdf/read/index.js';
import { checkChanges } from './check-changes.js';
import { checkVisual } from './check-visual.js';
import { EvidencePool } from './evidence.js';
import { findSignatures, hasStrayParts, type FoundSignature } from './found-signature.js';
import { hashOnce, type HashTask } from './hash-pass.js';
import type { VerifyOptions } from './options.js';
import { parseValue, type ParsedValue } from './parse-value.js';
import { fileReport, unreadableReport } from './file-report.js';
import type { ValidationReport } from './report.js';
import { checkCoverage, checkFile, checkNeighbours, checkStructure } from './structure.js';
import type { Verification, VerifyContext } from './verification.js';
import { verifySealValue } from './verify-seal.js';
import { verifyCms } from './verify-signature.js';
import { verifyDocumentTimestamps } from './verify-timestamps.js';

/**
 * Checks every signature, seal and document timestamp of a PDF file, oldest first. A file whose structure cannot be read
 * gives a report too: TOTAL_FAILED, FORMAT_FAILURE.
 * Errors: `pdf-encrypted` (the password is needed), `aborted`, whatever medium or trust store raise.
 * @source ETSI EN 319 102-1; ISO 32000-2 12.8
 */
export async function verifyPdf(source: ByteSource, options: VerifyOptions): Promise<ValidationReport> {
  const engine = options.engine ?? (await openCryptoEngine());
  const nowMs = options.at ?? Date.now();
  const { signal, password } = options;
  try {
    const file = await openPdf(source, { ...(password !== undefined && { password }), ...(signal && { signal }) });
    const found = await findSignatures(file, signal);
    const { all, sha256 } = await examine(file, found, { engine, options });
    const pool = new EvidencePool({ engine, trustStore: options.trustStore, revocation: options.revocation, signal });
    const context: VerifyContext = { file, options, pool, nowMs };
    await pool.addDss(file);
    await verifyDocumentTimestamps(all, context);
    for (const one of all) {
      if (one.parsed.kind === 'cms') await verifyCms(one, one.parsed, all, context);
      else if (one.parsed.kind === 'seal') await verifySealValue(one, one.parsed.seal, all, context);
    }
    if (all.length > 0) await checkChanges(all, context);
    await checkVisual(all, context);
    for (const one of all) await checkFile(file, one.found);
    const stray = all.length === 0 && (await hasStrayParts(source, signal));
    return await fileReport(all, context, { sha256, stray });
  } catch (error) {
    if (signal?.aborted) throw new AnjuanError('aborted', { cause: error });
    const code = error instanceof AnjuanError ? error.code : undefined;
    if (code !== 'pdf-malformed' && code !== 'pdf-limits-exceeded') throw error;
    const { sha256 } = await hashOnce(source, [], engine, signal);
    const reason = error instanceof AnjuanError ? error.details['reason'] : undefined;
    return unreadableReport({ sizeBytes: source.sizeBytes, sha256, nowMs, reason: String(reason ?? code) });
  }
}

/** Structure of every signature, then all digests in one pass. */
async function examine(
  file: PdfFile,
  found: readonly FoundSignature[],
  { engine, options }: { readonly engine: CryptoEngine; readonly options: VerifyOptions },
): Promise<{ readonly all: readonly Verification[]; readonly sha256: string }> {
  for (const one of found) await checkStructure(file, one);
  checkNeighbours(found);
  for (const one of found) await checkCoverage(file, one, options.password);
  const tasks: HashTask[] = [];
  const parsed: ParsedValue[] = [];
  for (const one of found) {
    const value = await parseValue(one);
    parsed.push(value);
    if (one.byteRange) tasks.push(...value.hashes.map((hash) => taskOf(one, hash)));
  }
  const { sha256, digests } = await hashOnce(file.source, tasks, engine, options.signal);
  const all = found.map((one, index): Verification => ({
    found: one,
    parsed: parsed[index] ?? { kind: 'none', hashes: [] },
    digest: (hash) => {
      const task = tasks.find((item) => item.hash === hash && item.gapStart === one.byteRange?.[1]);
      return task && digests.get(task);
    },
    algorithm: '',
    path: [],
    stamped: false,
    selfContained: false,
    test: false,
    changes: [],
  }));
  return { all, sha256 };
}

function taskOf({ byteRange }: FoundSignature, hash: HashTask['hash']): HashTask {
  const [, gapStart, gapEnd, rest] = byteRange ?? [0, 0, 0, 0];
  return { hash, gapStart, gapEnd, end: gapEnd + rest };
}
