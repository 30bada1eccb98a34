// A law without a red test does not exist: each deliberate breach here must turn its check red, and the same code
// without the breach must stay green.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { checkFiles } from '../scripts/check-files.mjs';
import { errorProblems } from '../scripts/check-errors.mjs';
import { checkSideEffects } from '../scripts/check-side-effects.mjs';
import { checkTexts } from '../scripts/check-texts.mjs';
import { errorReference, readCatalogue } from '../scripts/lib/error-reference.mjs';
import { capture, root } from '../scripts/lib/run.mjs';
import { canary, leaks } from './support/canary.js';
import { lintText } from './support/lint-text.js';
import { scratchWorkspace, type Scratch } from './support/scratch.js';

let scratch: Scratch;
before(() => (scratch = scratchWorkspace()));
after(() => scratch.remove());

describe('law 1: the client compiles without the DOM', () => {
  const compile = (source: string) => {
    scratch.write('law1/client.ts', source);
    scratch.write(
      'law1/tsconfig.json',
      JSON.stringify({
        extends: `${root}/packages/core/tsconfig.json`,
        compilerOptions: {
          rootDir: '.',
          noEmit: true,
          composite: false,
          emitDeclarationOnly: false,
          tsBuildInfoFile: null,
        },
        include: ['client.ts'],
      }),
    );
    return capture('npx', ['--no-install', 'tsc', '-p', `${scratch.folder}/law1/tsconfig.json`]);
  };

  test('fetch and streams compile', async () => {
    const { code, output } = await compile(`export const get = (url: string) => fetch(url).then((r) => r.body);\n`);
    assert.equal(code, 0, output);
  });

  test('document turns the compiler red', async () => {
    const { code, output } = await compile(`export const title = () => document.title;\n`);
    assert.notEqual(code, 0);
    assert.match(output, /document/);
  });
});

describe('law 2: dependency direction', () => {
  const cruise = () =>
    capture('npx', ['--no-install', 'depcruise', '--config', `${root}/.dependency-cruiser.cjs`, 'packages'], {
      cwd: scratch.folder,
    });

  test('the clean workspace is green', async () => {
    const { code, output } = await cruise();
    assert.equal(code, 0, output);
  });

  const breaches = {
    'the viewer imports the archive': ['viewer/src/a.ts', '@anjuan/archive', 'viewer-uses-only-its-packages'],
    'core imports the viewer': ['core/src/a.ts', '@anjuan/viewer', 'core-uses-only-its-packages'],
    'sign imports the viewer': ['sign/src/a.ts', '@anjuan/viewer', 'sign-uses-only-its-packages'],
    'capture imports the viewer': ['capture/src/a.ts', '@anjuan/viewer', 'capture-uses-only-its-packages'],
    'the client imports lit': ['core/src/a.ts', 'lit', 'client-needs-no-elements'],
    'the archive reaches into core': ['archive/src/a.ts', '../../core/src/inner/secret.js', 'no-deep-imports'],
    'a class module imports a define module': ['core/src/element/a.ts', './define.js', 'define-is-a-leaf'],
    'the viewer imports a library of nobody': ['viewer/src/a.ts', 'comlink', 'viewer-uses-only-its-libraries'],
    'two files import each other': ['core/src/inner/secret.ts', './secret.js', 'no-cycles'],
  } as const;
  for (const [breach, [path, specifier, rule]] of Object.entries(breaches)) {
    test(`${breach}: red`, async () => {
      const broken = scratchWorkspace();
      try {
        broken.write(`packages/${path}`, `import * as other from '${specifier}';\nexport const used = other;\n`);
        const { code, output } = await capture(
          'npx',
          ['--no-install', 'depcruise', '--config', `${root}/.dependency-cruiser.cjs`, 'packages'],
          { cwd: broken.folder },
        );
        assert.notEqual(code, 0, output);
        assert.match(output, new RegExp(rule));
      } finally {
        broken.remove();
      }
    });
  }
});

describe('laws 3, 6, 7, 8 and 12: lint rules', () => {
  const inside = 'packages/viewer/src/source/pdf/probe.ts';
  const outside = 'packages/viewer/src/page/probe.ts';
  const rows: readonly (readonly [law: string, path: string, text: string])[] = [
    ['Law 3', outside, `export const load = () => import('pdfjs-dist/legacy/build/pdf.mjs');\n`],
    ['Law 3', outside, `import { getDocument } from 'pdfjs-dist';\nexport const open = getDocument;\n`],
    ['Law 3', inside, `import { getDocument } from 'pdfjs-dist';\nexport const open = getDocument;\n`],
    ['Law 3', 'packages/archive/src/probe.ts', `export const load = () => import('@embedpdf/pdfium');\n`],
    ['Law 3', 'packages/capture/src/worker/probe.ts', `export const load = () => import('pdf-lib');\n`],
    ['Law 3', 'packages/sign/src/probe.ts', `export const load = () => import('pdf-lib');\n`],
    ['Law 3', 'packages/core/src/probe.ts', `export const load = () => import('pdf-lib');\n`],
    ['Law 2', outside, `import { x } from '@anjuan/core/src/secret.js';\nexport const y = x;\n`],
    ['Law 6', outside, `export const f = () => window.addEventListener('resize', () => undefined);\n`],
    ['Law 6', outside, `export const f = (blob: Blob) => URL.createObjectURL(blob);\n`],
    ['no-console', outside, `export const f = (name: string) => console.log(name);\n`],
    ['Law 8', outside, `export const f = (el: Element, text: string) => { el.innerHTML = text; };\n`],
    ['Law 8', outside, `import { html } from 'lit';\nexport const t = html\`<p style="margin: 0"></p>\`;\n`],
    ['Law 8', outside, `import { styleMap } from 'lit/directives/style-map.js';\nexport const s = styleMap;\n`],
    ['no-eval', outside, `export const f = (code: string): unknown => eval(code);\n`],
    ['no-explicit-any', outside, `export const f = (value: any): string => String(value);\n`],
    ['No enum', outside, `export enum Side { Left }\n`],
    ['No default exports', outside, `export default 1;\n`],
  ];
  for (const [law, path, text] of rows) {
    test(`${law}: ${text.split('\n').at(-2) ?? ''}`, async () => {
      const messages = await lintText(path, text);
      assert.ok(
        messages.some((message) => message.includes(law)),
        messages.join('\n') || 'no message',
      );
    });
  }

  test('the engine may be imported dynamically in its own folder', async () => {
    assert.deepEqual(
      await lintText(inside, `export const load = () => import('pdfjs-dist/legacy/build/pdf.mjs');\n`),
      [],
    );
  });
});

describe('law 4: class modules have no side effects', () => {
  test('the sources are green', () => assert.deepEqual(checkSideEffects(), []));

  test('a registration beside a class is red', () => {
    scratch.write(
      'packages/viewer/src/tag.ts',
      `class A {}\ncustomElements.define('a-b', A as never);\nexport { A };\n`,
    );
    assert.match(checkSideEffects({ folder: scratch.folder }).join('\n'), /viewer\/src\/tag\.ts:2/);
  });
});

describe('law 5: public paths import in plain Node', () => {
  const load = (text: string) => {
    scratch.write('law5/entry.mjs', text);
    return capture(process.execPath, [`${scratch.folder}/law5/entry.mjs`]);
  };

  test('a module that waits for a call is green', async () => {
    assert.equal((await load(`export const width = () => document.body.clientWidth;\n`)).code, 0);
  });

  test('a module that touches the DOM on import is red', async () => {
    const { code, output } = await load(`export const width = document.body.clientWidth;\n`);
    assert.notEqual(code, 0);
    assert.match(output, /document is not defined/);
  });
});

describe('law 7: no patient data outside the screen', () => {
  test('a canary is found in plain, encoded and escaped text', () => {
    const found = leaks([
      { where: 'log', text: `opened ${canary.name}` },
      { where: 'url', text: `/x?q=${encodeURIComponent(canary.text)}` },
      { where: 'json', text: '{"n":"\\u91d1\\u4e1d\\u96c0\\u6d4b\\u8bd5\\u60a3\\u8005"}' },
      { where: 'key', text: `rotation:${canary.recordNumber}` },
    ]);
    assert.equal(found.length, 4);
  });

  test('ids and numbers are no leak', () =>
    assert.deepEqual(leaks([{ where: 'log', text: 'record-opened 12 pages' }]), []));
});

describe('law 9: error codes are documented and provoked', () => {
  test('a code without a text, a test or a line in the docs is red', async () => {
    const catalogue = await readCatalogue();
    const info = { meaning: 'Made up.', retryable: false };
    const broken = {
      codes: [...catalogue.codes, 'made-up'],
      table: { ...catalogue.table, 'made-up': info },
      fixes: { ...catalogue.fixes, 'made-up': 'None.' },
      texts: catalogue.texts,
    };
    const tests = [{ path: 'x.test.ts', text: catalogue.codes.map((code: string) => `'${code}'`).join(' ') }];
    const documentation = errorReference(catalogue);
    assert.deepEqual(errorProblems({ catalogue, documentation, tests }), []);
    assert.deepEqual(errorProblems({ catalogue: broken, documentation, tests }), [
      'docs/errors.md is stale: npm run docs',
      "no zh-CN text for 'made-up'",
      "no en text for 'made-up'",
      "no test provokes 'made-up'",
    ]);
  });
});

describe('law 12: small files, no escapes from the type checker', () => {
  test('the sources are green', () => assert.deepEqual(checkFiles().problems, []));

  test('a file over the cap, any and ts-ignore are red', () => {
    scratch.write('packages/core/src/long.ts', 'export {};\n'.repeat(401));
    scratch.write('packages/core/src/loose.ts', `// @ts-ignore\nexport const loose = 1 as any;\n`);
    const problems = checkFiles({ folder: scratch.folder }).problems.join('\n');
    assert.match(problems, /long\.ts has 401 lines/);
    assert.match(problems, /loose\.ts:2 uses any/);
    assert.match(problems, /loose\.ts:1 silences/);
  });
});

describe('law 14: texts from the catalogue, colours from tokens', () => {
  test('the sources are green', () => assert.deepEqual(checkTexts(), []));

  test('hard-coded texts and colours are red', () => {
    scratch.write(
      'packages/viewer/src/look.ts',
      [
        'import { css, html } from "lit";',
        'export const a = html`<p>Hello</p>`;',
        'export const b = html`<button aria-label="Close"></button>`;',
        'export const c = "没有记录";',
        'export const d = css`p { color: #336699; }`;',
        'export const e = css`p { color: white; }`;',
        'export const f = html`<p class="note">${a}</p>`;',
        'export const g = css`p { color: var(--anjuan-color-text); }`;',
      ].join('\n'),
    );
    const lines = checkTexts({ folder: scratch.folder }).map((problem: string) => /look\.ts:(\d+)/.exec(problem)?.[1]);
    assert.deepEqual(lines, ['2', '3', '4', '5', '6']);
  });
});
