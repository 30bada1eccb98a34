import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../scripts/lib/run.mjs';

const packages = ['core', 'viewer', 'archive', 'capture', 'sign'];

export interface Scratch {
  readonly folder: string;
  /** Writes a file below the folder. */
  write(path: string, text: string): void;
  remove(): void;
}

/** An empty folder inside the checkout's cache, so that Node finds the installed libraries from there. */
export function scratchFolder(): Scratch {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache/scratch-'));
  return {
    folder,
    write(path, text) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A tiny copy of this repository's shape: real package.json and tsconfig files, one clean source file a package. */
export function scratchWorkspace(): Scratch {
  const scratch = scratchFolder();
  for (const name of ['package.json', 'tsconfig.base.json', 'tsconfig.tests.json']) {
    cpSync(join(root, name), join(scratch.folder, name));
  }
  mkdirSync(join(scratch.folder, 'node_modules/@anjuan'), { recursive: true });
  for (const library of ['lit', 'comlink', 'pdfjs-dist']) {
    symlinkSync(join(root, 'node_modules', library), join(scratch.folder, 'node_modules', library));
  }
  for (const name of packages) {
    scratch.write(`packages/${name}/src/index.ts`, `export const name = '${name}';\n`);
    cpSync(join(root, 'packages', name, 'package.json'), join(scratch.folder, 'packages', name, 'package.json'));
    symlinkSync(join('../../packages', name), join(scratch.folder, 'node_modules/@anjuan', name));
  }
  scratch.write('packages/core/src/element/index.ts', `export const element = 1;\n`);
  scratch.write('packages/core/src/element/define.ts', `globalThis.name;\n`);
  scratch.write('packages/core/src/inner/secret.ts', `export const secret = 1;\n`);
  return scratch;
}
