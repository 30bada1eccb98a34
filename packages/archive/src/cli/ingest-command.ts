import { parseArgs } from 'node:util';
import { ingestFolder } from '../ingest/ingest-folder.js';
import { openHouse } from '../server/open-house.js';
import { defaults, type Command } from './command.js';
import { ProgressPrinter } from './progress-printer.js';
import { usage } from './usage.js';

/** `anjuan-archive ingest`. */
export const ingestCommand: Command = async (args, { out, signal }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string', default: defaults.dataDir },
      pictures: { type: 'string', default: '0' },
    },
  });
  const [dir] = positionals;
  const warmPages = Number(values.pictures);
  if (dir === undefined || positionals.length > 1 || !Number.isInteger(warmPages) || warmPages < 0) {
    out.write(usage.ingest);
    return 2;
  }
  const house = await openHouse({ dataDir: values.data, warmPages });
  const printer = new ProgressPrinter(out);
  const started = performance.now();
  try {
    const onEvent = printer.show.bind(printer);
    const result = await ingestFolder({ dir, archive: house.system, pages: house.pages, warmPages, onEvent, signal });
    printer.finish();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    out.write(
      `${String(result.records)} records, ${String(result.documents)} documents, ${String(result.pages)} pages in ${seconds} s` +
        ` (${String(result.broken)} broken files kept, ${String(result.skipped)} folders skipped, ${String(result.failed)} refused)\n`,
    );
    return result.skipped + result.failed > 0 ? 1 : 0;
  } finally {
    await house.close();
  }
};
