// Law 12: small files (median <= 80 lines, 90th percentile <= 250, cap 400), no `any`, no silenced type checker.
import ts from 'typescript';
import { finish, isMain, sourceFiles } from './lib/check.mjs';

const limits = { median: 80, p90: 250, cap: 400 };
/** Files over the cap, each with its reason. Data files (*.data.ts, locales) are exempt by kind. */
const exceptions = {};
const isData = (path) => /\.data\.ts$|\/locales\//.test(path);

function quantile(sorted, share) {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

function typeEscapes({ path, text }) {
  const found = [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  const visit = (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) {
      found.push(
        `${path}:${source.getLineAndCharacterOfPosition(node.pos).line + 1} uses any: use unknown and narrow it`,
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const [index, line] of text.split('\n').entries()) {
    if (/@ts-(ignore|nocheck|expect-error)/.test(line)) found.push(`${path}:${index + 1} silences the type checker`);
  }
  return found;
}

export function checkFiles(options) {
  const files = sourceFiles(options);
  const sized = files
    .filter(({ path }) => !isData(path))
    .map(({ path, text }) => ({ path, lines: text.replace(/\n$/, '').split('\n').length }));
  const sorted = sized.map(({ lines }) => lines).sort((a, b) => a - b);
  const median = quantile(sorted, 0.5);
  const p90 = quantile(sorted, 0.9);
  const problems = sized
    .filter(({ path, lines }) => lines > limits.cap && exceptions[path] === undefined)
    .map(({ path, lines }) => `${path} has ${lines} lines; the cap is ${limits.cap}`);
  if (median > limits.median) problems.push(`the median file has ${median} lines; the limit is ${limits.median}`);
  if (p90 > limits.p90) problems.push(`the 90th percentile is ${p90} lines; the limit is ${limits.p90}`);
  problems.push(...files.flatMap(typeEscapes));
  return { problems, median, p90, count: sized.length };
}

if (isMain(import.meta.url)) {
  const { problems, median, p90, count } = checkFiles();
  finish(`law 12: ${count} files, median ${median} lines, 90th percentile ${p90}`, problems);
}
