import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { missing, runProgram } from '../../fixtures/src/oracles/index.js';
import { inputShapes, type InputShape } from '../../packages/sign/src/testing/shapes.js';

/** How other programs save a document again. */
const producers = [
  { name: 'qpdf', program: 'qpdf', args: (from: string, to: string) => [from, to] },
  {
    name: 'qpdf-packed',
    program: 'qpdf',
    args: (from: string, to: string) => ['--object-streams=generate', '--compress-streams=y', from, to],
  },
  { name: 'qpdf-linear', program: 'qpdf', args: (from: string, to: string) => ['--linearize', from, to] },
  { name: 'mutool', program: 'mutool', args: (from: string, to: string) => ['clean', from, to] },
  { name: 'mutool-tidy', program: 'mutool', args: (from: string, to: string) => ['clean', '-ggz', from, to] },
];

/** The plain document as other programs on this machine save it, before anybody signs it. */
export async function otherProducers(folder: string): Promise<{ shapes: InputShape[]; skipped: string[] }> {
  const [plain] = inputShapes();
  const from = join(folder, 'plain.pdf');
  await writeFile(from, plain?.bytes ?? new Uint8Array());
  const shapes: InputShape[] = [];
  const skipped: string[] = [];
  for (const { name, program, args } of producers) {
    const why = missing(program);
    if (why) {
      skipped.push(`${name} is left out: ${String(why)}`);
      continue;
    }
    const to = join(folder, `${name}.pdf`);
    await runProgram(program, args(from, to));
    shapes.push({ name, bytes: new Uint8Array(await readFile(to)) });
  }
  return { shapes, skipped };
}
