import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tableShape } from '../../../packages/sign/src/testing/shapes.js';
import { quantile } from '../../lib/statistics.js';
import { pdfsigVerdicts } from '../oracles/programs.js';
import { outputsDir } from '../places.js';
import { P12_PASSWORD } from '../peers/arms.js';
import { holders, type BenchPki } from '../pki.js';
import type { LargeFigures, LargeTask } from './node-child.js';
import { runScript } from './run-script.js';

export const nodeArms = ['anjuan fast', 'anjuan lean', '@libpdf/core', '@cantoo/pdf-lib + pkijs', '@signpdf/signpdf'];

export interface LargeResult {
  readonly ms: number;
  readonly peakMb: number;
  readonly idleMb: number;
  readonly runs: number;
  /** pdfsig's word over the output of the last run. */
  readonly verdict: string;
}

const median = (values: readonly number[]): number => Number(quantile(values, 0.5).toFixed(1));

/** Key material for the child. */
export async function largeTask({ pki }: BenchPki): Promise<LargeTask> {
  const holder = pki.get(holders.rsa);
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  return {
    pkcs8: base64(await holder.privateKey()),
    certificate: base64(holder.der),
    chain: holder.chain.map(base64),
    p12: base64(await pki.pkcs12(holders.rsa, { password: P12_PASSWORD, protection: 'legacy' })),
  };
}

/** Signs the large file with every arm in turn, each time in a new process; medians. */
export async function measureLargeInNode(
  bench: BenchPki,
  { runs, say }: { readonly runs: number; readonly say: (text: string) => void },
): Promise<Record<string, LargeResult | { readonly error: string }>> {
  const task = await largeTask(bench);
  const small = join(outputsDir, 'warm.pdf');
  await writeFile(small, tableShape());
  const figures: Record<string, LargeFigures[]> = {};
  const errors: Record<string, string> = {};
  const verdicts: Record<string, string> = {};
  const output = join(outputsDir, 'large-signed.pdf');
  for (let run = 0; run < runs; run += 1)
    for (const arm of nodeArms) {
      if (errors[arm] !== undefined) continue;
      // The slowest peer takes most of a minute: three runs say enough.
      if (arm === '@signpdf/signpdf' && run >= 3) continue;
      say(`${arm}, 100 MB, run ${String(run + 1)} …`);
      try {
        const last = run === 0;
        const one = await runChild(arm, small, last ? { ...task, output } : task);
        (figures[arm] ??= []).push(one);
        if (last) verdicts[arm] = (await pdfsigVerdicts(output)).map((line) => line.split('|').at(-1)).join('; ');
      } catch (error) {
        errors[arm] = String(error);
      }
    }
  return Object.fromEntries(
    nodeArms.map((arm) => {
      const all = figures[arm] ?? [];
      const error = errors[arm];
      if (error !== undefined) return [arm, { error }];
      const of = (key: keyof LargeFigures): number => median(all.map((one) => one[key]));
      const result = { ms: of('ms'), peakMb: of('peakMb'), idleMb: of('idleMb') };
      return [arm, { ...result, runs: all.length, verdict: verdicts[arm] ?? '' }];
    }),
  );
}

const runChild = (arm: string, small: string, task: LargeTask): Promise<LargeFigures> =>
  runScript(new URL('node-child.ts', import.meta.url), [arm, small], JSON.stringify(task));
