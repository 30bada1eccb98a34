// Law 9: every error code is documented in both languages and provoked by a test.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorReference, readCatalogue } from './lib/error-reference.mjs';
import { finish, isMain, sourceFiles } from './lib/check.mjs';
import { root } from './lib/run.mjs';

function provoked(codes, tests) {
  const missing = codes.filter((code) => !tests.some(({ text }) => new RegExp(`['"\`]${code}['"\`]`).test(text)));
  return missing.map((code) => `no test provokes '${code}'`);
}

function texts(catalogue) {
  return Object.entries(catalogue.texts).flatMap(([locale, messages]) =>
    catalogue.codes.filter((code) => !messages[code]).map((code) => `no ${locale} text for '${code}'`),
  );
}

/** `documentation` is the text of docs/errors.md; `tests` are files as `{ path, text }`. */
export function errorProblems({ catalogue, documentation, tests }) {
  const stale = documentation === errorReference(catalogue) ? [] : ['docs/errors.md is stale: npm run docs'];
  return [...stale, ...texts(catalogue), ...provoked(catalogue.codes, tests)];
}

export async function checkErrors() {
  const tests = sourceFiles({ tests: true }).filter(({ path }) => path.endsWith('.test.ts'));
  const documentation = readFileSync(join(root, 'docs/errors.md'), 'utf8');
  return errorProblems({ catalogue: await readCatalogue(), documentation, tests });
}

if (isMain(import.meta.url)) finish('law 9: error codes documented and provoked', await checkErrors());
