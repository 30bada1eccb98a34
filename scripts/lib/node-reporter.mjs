import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * Reporter of node:test: one line a file, failures in full, counts of single tests (suites are not counted)
 * as JSON into the file that ANJUAN_COUNTS names.
 */
export default async function* report(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const files = new Map();
  let shown = '';
  for await (const { type, data } of source) {
    if (type === 'test:stderr' || type === 'test:stdout') {
      if (data.message.trim() !== '') yield data.message;
      continue;
    }
    if ((type !== 'test:pass' && type !== 'test:fail') || data.details?.type === 'suite') continue;
    const file = relative(process.cwd(), data.file ?? data.name);
    if (shown !== '' && shown !== file && files.has(shown)) yield line(shown, files.get(shown));
    if (shown !== file) shown = file;
    const tally = files.get(file) ?? { passed: 0, failed: 0, skipped: 0 };
    files.set(file, tally);
    const kind = data.skip !== undefined ? 'skipped' : type === 'test:pass' ? 'passed' : 'failed';
    tally[kind] += 1;
    counts[kind] += 1;
    if (kind === 'failed') yield `  FAILED ${file} > ${data.name}\n${indent(reason(data.details?.error))}\n`;
  }
  if (files.has(shown)) yield line(shown, files.get(shown));
  if (process.env.ANJUAN_COUNTS) writeFileSync(process.env.ANJUAN_COUNTS, JSON.stringify(counts));
}

function line(file, { passed, failed, skipped }) {
  return `  ${failed > 0 ? '✗' : '✓'} ${file} (${passed}${failed ? `, ${failed} failed` : ''}${skipped ? `, ${skipped} skipped` : ''})\n`;
}

function reason(error) {
  const cause = error?.cause ?? error;
  return cause?.stack ?? cause?.message ?? String(cause);
}

function indent(text) {
  return text.replace(/^/gm, '    ');
}
