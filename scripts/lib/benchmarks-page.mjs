/** Lower is better in every row. `aim`: what the record bench asks of the arm with the page service. */
const rows = [
  {
    key: 'firstPageMs',
    name: 'Open the record: first page on screen',
    unit: 'ms',
    aim: { quantile: 'p50', most: 200 },
  },
  { key: 'jumpMs', name: 'Jump to a page never shown', unit: 'ms', aim: { quantile: 'p95', most: 200 } },
  { key: 'openDocumentMs', name: 'Open another document', unit: 'ms' },
  {
    key: 'pssMb',
    name: 'Memory over the empty browser, after 20 jumps',
    unit: 'MB',
    aim: { quantile: 'p50', most: 250 },
  },
  { key: 'longestTaskMs', name: 'Longest main-thread task', unit: 'ms' },
  { key: 'domNodes', name: 'Elements in the page', unit: '' },
  { key: 'gzipBytesToFirstPage', name: 'Code to the first page, `gzip -9`', unit: 'KB', divide: 1000 },
  { key: 'fetchedMb', name: 'Fetched over the whole run', unit: 'MB' },
];
/** Lines of the comparison; what is fetched is told for fairness and is no aim. */
const compared = rows.filter(({ key }) => key !== 'fetchedMb');
const armNames = { 'anjuan-r': 'Anjuan, page service', 'anjuan-p': 'Anjuan, PDF only', pdfjs: 'pdf.js `PDFViewer`' };
const quantiles = ['p50', 'p95'];

function shown(value, { divide = 1 }) {
  const scaled = value / divide;
  return scaled >= 10 ? scaled.toFixed(0) : scaled.toFixed(1);
}

function cell(summary, row) {
  const [p50, p95] = quantiles.map((quantile) => shown(summary[quantile], row));
  return p50 === p95 ? p50 : `${p50} / ${p95}`;
}

function table(report) {
  const arms = Object.keys(report.arms);
  const head = ['Measure, p50 / p95', ...arms.map((arm) => armNames[arm] ?? arm)];
  const body = rows
    .filter(({ key }) => arms.every((arm) => report.arms[arm].summary[key]))
    .map((row) => [
      row.unit === '' ? row.name : `${row.name}, ${row.unit}`,
      ...arms.map((arm) => cell(report.arms[arm].summary[row.key], row)),
    ]);
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...body.map(line)].join('\n');
}

function aims(report) {
  const { 'anjuan-r': r, 'anjuan-p': p, pdfjs } = report.arms;
  const absolute = rows
    .filter(({ aim }) => aim)
    .map((row) => {
      const { quantile, most } = row.aim;
      const value = r.summary[row.key][quantile];
      const verdict = value <= most ? 'holds' : 'does not hold';
      return `- Page service, ${row.name.toLowerCase()}, ${quantile} at most ${most} ${row.unit}: **${verdict}** (${shown(value, row)}).`;
    });
  const behind = compared.flatMap((row) =>
    quantiles
      .filter((quantile) => p.summary[row.key][quantile] >= pdfjs.summary[row.key][quantile])
      .map((quantile) => `${row.name.toLowerCase()} ${quantile}`),
  );
  const verdict = behind.length === 0 ? '**holds**' : `**does not hold** for: ${behind.join('; ')}`;
  return [...absolute, `- PDF only ahead of pdf.js on every line: ${verdict}.`].join('\n');
}

function failures(report) {
  const failed = Object.entries(report.arms).filter(([, { failedRuns }]) => failedRuns > 0);
  if (failed.length === 0) return '';
  const counts = failed.map(([arm, { failedRuns }]) => `${armNames[arm] ?? arm} ${failedRuns}`).join(', ');
  return `Runs made again because a page did not come within 20 s: ${counts}.\n\n`;
}

/** docs/benchmarks.md as text, from the report of `npm run bench:record`. */
export function benchmarksPage(report) {
  const { machine, record, line, repeats, measuredOn } = report;
  const load = machine.loadAverage.map((value) => value.toFixed(1)).join(', ');
  return `<!-- Written by \`npm run bench:doc\` from bench/results/record.json. Do not edit. -->

# Benchmarks

One record of ${record.documents} documents and ${record.pages} pages (text PDFs, scanned PDFs, JPEGs; seed ${record.seed}), read in headless Chromium
at 1280 x 900, over a line of ${line.bitsPerSecond / 1e6} Mbit/s with ${line.roundTripMs} ms round trip. ${repeats} repeats, arms interleaved, a new browser profile for
each run. Smaller is better everywhere.

${table(report)}

Measured on ${measuredOn.slice(0, 10)}: ${machine.model}, ${machine.cores} cores, load average at the end ${load} (a load above
${machine.cores} means that other work shared the machine; compare the arms with each other, not with another machine). Command:

\`\`\`sh
npm run bench:record -- --repeats ${repeats} --json bench/results/record.json && npm run bench:doc
\`\`\`

${failures(report)}## Aims

${aims(report)}

## How to read it

- "On screen" is seen in the frames that the browser presents: each page carries a strip of colours that spells its
  number, and counts as painted when the strip is sharp at its place. No event of any viewer is trusted.
- First page is timed from the call that opens the record, with the viewer's own script loaded. The PDF engine of "PDF
  only" and the worker of pdf.js load within that time.
- Every jump goes to a page whose neighbourhood was never shown, 300 ms after the last one was on screen.
- The page service is warm: its pictures were made before, as in an archive in use, and its code has run. pdf.js gets
  one merged file of the whole record for opening and jumping, and each document's own file for opening documents, from
  a server with ranges; its worker runs, and its defaults are kept.
- By default pdf.js goes on to fetch the whole merged file while the reader reads. Later jumps then need no network; the
  last line of the table is the price. Anjuan fetches what is looked at and a few pages ahead.
- Memory is the proportional set size of all browser processes, less that of the same browser showing an empty page.
`;
}
