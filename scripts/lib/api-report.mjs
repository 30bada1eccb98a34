import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { root } from './run.mjs';

/** Every public entry with types: report name -> declaration file. */
const entries = {
  core: 'packages/core/dist/index.d.ts',
  'core-element': 'packages/core/dist/element/index.d.ts',
  'core-outbox': 'packages/core/dist/outbox/index.d.ts',
  'core-worker': 'packages/core/dist/worker/index.d.ts',
  viewer: 'packages/viewer/dist/index.d.ts',
  capture: 'packages/capture/dist/index.d.ts',
  sign: 'packages/sign/dist/index.d.ts',
  'sign-gm': 'packages/sign/dist/gm/index.d.ts',
  archive: 'packages/archive/dist/index.d.ts',
  'archive-node': 'packages/archive/dist/node.d.ts',
};

const quiet = { logLevel: 'none', addToApiReportFile: false };
const messages = {
  compilerMessageReporting: { default: quiet },
  extractorMessageReporting: {
    default: quiet,
    'ae-undocumented': { logLevel: 'none', addToApiReportFile: true },
  },
  tsdocMessageReporting: { default: quiet },
};

/** The API report of one entry: every exported declaration as text, with `(undocumented)` where a comment is missing. */
function report(name, file, folder) {
  const [workspace, packageName] = file.split('/');
  const packageFolder = join(root, workspace, packageName);
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: packageFolder,
      mainEntryPointFilePath: join(root, file),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'ES2022',
            module: 'ESNext',
            moduleResolution: 'Bundler',
            lib: ['ES2023', 'DOM', 'DOM.Iterable'],
            types: ['node'],
            skipLibCheck: true,
            strict: true,
          },
          include: [join(root, file)],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: folder,
        reportTempFolder: folder,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages,
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(packageFolder, 'package.json'),
  });
  Extractor.invoke(config, { localBuild: true, showVerboseMessages: false, messageCallback: silence });
  return readFileSync(join(folder, `${name}.api.md`), 'utf8');
}

function silence(message) {
  message.handled = true;
}

/** The reports of all entries as `{ path, text }`; needs `tsc -b` to have run. */
export function apiReports() {
  const folder = join(root, '.cache/api');
  mkdirSync(folder, { recursive: true });
  return Object.entries(entries)
    .filter(([, file]) => existsSync(join(root, file)))
    .map(([name, file]) => ({ path: `docs/api/${name}.api.md`, text: report(name, file, folder) }));
}

/** Top-level declarations of a report that have no comment. */
export function undocumented({ path, text }) {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    if (line !== '// @public (undocumented)') return [];
    return [`${path}: ${(lines[index + 1] ?? '').replace(/ \{$/, '')} has no documentation`];
  });
}
