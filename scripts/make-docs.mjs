// Writes the generated pages: docs/errors.md and THIRD_PARTY_NOTICES.md. With --check it only compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finish } from './lib/check.mjs';
import { errorReference, readCatalogue } from './lib/error-reference.mjs';
import { thirdPartyNotices } from './lib/notices.mjs';
import { root } from './lib/run.mjs';

const pages = {
  'docs/errors.md': errorReference(await readCatalogue()),
  'THIRD_PARTY_NOTICES.md': thirdPartyNotices(root),
};

const stale = Object.entries(pages).filter(([path, text]) => {
  const file = join(root, path);
  return !existsSync(file) || readFileSync(file, 'utf8') !== text;
});
if (process.argv.includes('--check')) {
  finish(
    'generated pages are current',
    stale.map(([path]) => `${path} is stale: npm run docs`),
  );
}
for (const [path, text] of stale) {
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
}
