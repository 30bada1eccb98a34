import { parseArgs } from 'node:util';
import { writeSnapshot } from '../snapshot/write-snapshot.js';
import type { Command } from './command.js';
import { ProgressPrinter } from './progress-printer.js';
import { usage } from './usage.js';

/** `anjuan-archive snapshot`. */
export const snapshotCommand: Command = async (args, { out, signal }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { out: { type: 'string' }, pictures: { type: 'string' } },
  });
  const [dir] = positionals;
  if (dir === undefined || values.out === undefined) {
    out.write(usage.snapshot);
    return 2;
  }
  const printer = new ProgressPrinter(out);
  const result = await writeSnapshot({
    dir,
    outDir: values.out,
    ...(values.pictures === undefined ? {} : { pictures: Number(values.pictures) }),
    onEvent: (event) => printer.show(event),
    signal,
  });
  printer.finish();
  out.write(
    `${String(result.records)} records, ${String(result.documents)} documents, ${String(result.pages)} pages\n`,
  );
  return result.skipped + result.failed > 0 ? 1 : 0;
};
