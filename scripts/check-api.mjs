// Law 13: the public API is documented, and its committed report is what the code says. `--write` renews the reports.
// Needs the declarations of `npm run build` (or `npx tsc -b`); the element manifest is judged when it was built.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { apiReports, undocumented } from './lib/api-report.mjs';
import { finish } from './lib/check.mjs';
import { manifestElements } from './lib/manifest.mjs';
import { publishedPackages } from './lib/packages.mjs';
import { root } from './lib/run.mjs';

function stale({ path, text }) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return [];
  return [`${path} is stale: npm run build && npm run docs:api`];
}

/** What an element says about itself: a tag, a sentence, and a description for each public attribute, event and part. */
function elementProblems(element) {
  // The base class is public too, but no element of its own.
  if (element.name === 'AnjuanElement') return [];
  const name = element.tagName ?? element.name;
  const lists = ['attributes', 'events', 'cssParts', 'slots'];
  const bare = lists.flatMap((list) =>
    (element[list] ?? [])
      .filter(({ description, inheritedFrom }) => !description && inheritedFrom === undefined)
      .map((item) => `${name}: ${list} '${item.name ?? item.fieldName ?? 'default'}' has no description`),
  );
  return [
    ...(element.tagName ? [] : [`${name} has no @tag`]),
    ...(element.description ? [] : [`${name} has no text`]),
    ...bare,
  ];
}

const reports = apiReports();
if (process.argv.includes('--write')) {
  for (const { path, text } of reports) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
const elements = publishedPackages()
  .filter(({ folder }) => existsSync(join(folder, 'custom-elements.json')))
  .flatMap(({ folder }) => manifestElements(folder));
finish(`law 13: ${reports.length} API reports and ${elements.length} elements documented`, [
  ...reports.flatMap(stale),
  ...reports.flatMap(undocumented),
  ...elements.flatMap(elementProblems),
]);
