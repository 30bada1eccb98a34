// Law 4: a class module does nothing when it is imported; only the files of `sideEffects` may.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { finish, isMain, sourceFiles } from './lib/check.mjs';
import { root } from './lib/run.mjs';

/** Entries of their own: workers, the command line and the one-file bundle run when they are loaded. */
const programs = /(^|[/.-])worker\.ts$|\/bin\.ts$|\/bundle\.ts$/;

function allowed(folder, path) {
  const [, name] = path.split('/');
  const manifest = join(folder, 'packages', name, 'package.json');
  if (!existsSync(manifest)) return false;
  const { sideEffects } = JSON.parse(readFileSync(manifest, 'utf8'));
  return Array.isArray(sideEffects) && sideEffects.includes(`.${path.slice(`packages/${name}`.length)}`);
}

function topLevelEffects({ path, text }) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return source.statements
    .filter(
      (statement) =>
        ts.isExpressionStatement(statement) ||
        ts.isIfStatement(statement) ||
        ts.isIterationStatement(statement, false) ||
        (ts.isImportDeclaration(statement) && statement.importClause === undefined),
    )
    .map((statement) => {
      const line = source.getLineAndCharacterOfPosition(statement.getStart()).line + 1;
      return `${path}:${line} runs on import: ${statement.getText().split('\n')[0].slice(0, 60)}`;
    });
}

function decorated({ path, text }) {
  return /@customElement\(/.test(text) ? [`${path} registers by decorator: use static define()`] : [];
}

export function checkSideEffects({ folder = root } = {}) {
  const files = sourceFiles({ folder }).filter(({ path }) => !programs.test(path));
  return files.flatMap((file) => [...(allowed(folder, file.path) ? [] : topLevelEffects(file)), ...decorated(file)]);
}

if (isMain(import.meta.url)) finish('law 4: only define modules have side effects', checkSideEffects());
