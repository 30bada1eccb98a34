// The snippets of both READMEs, as printed: taken out, built, and mounted in Chromium over the story archive.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build, type Plugin } from 'esbuild';
import type { Browser } from 'playwright-core';
import { compileScript, parse } from 'vue/compiler-sfc';
import { workspaceBuild } from '../scripts/lib/workspace-build.mjs';
import { root } from '../scripts/lib/run.mjs';
import { startHost, type Host } from './support/host.js';
import { recordIds, rememberEvents, shownPage } from './support/record-probe.js';
import { launchChromium, openWatched } from './support/watched-page.js';

const work = join(root, '.cache/snippets');
const readmes = ['README.md', 'README.zh-CN.md'];

/** The first fenced block of a language. */
function snippet(readme: string, language: string): string {
  const text = readFileSync(join(root, readme), 'utf8');
  const found = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\``).exec(text)?.[1];
  assert.ok(found, `${readme} has a ${language} block`);
  return found;
}

const page = (name: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title>` +
  `<link rel="stylesheet" href="frame.css"><div id="root"></div><script type="module" src="${name}.js"></script></html>`;

/** Props of both panels: a token, and a callback that writes the page number into the title of the page. */
const props = `const recordId = new URLSearchParams(location.search).get('record');
const getToken = () => 'token';
const onPage = (pageNumber) => { document.documentElement.dataset.page = String(pageNumber); };
const root = document.getElementById('root');`;

const mounts = {
  jsx: `import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { RecordPanel } from 'snippet';
${props}
createRoot(root).render(createElement(RecordPanel, { recordId, getToken, onPage }));`,
  vue: `import { createApp, h } from 'vue';
import RecordPanel from 'snippet';
${props}
createApp({ render: () => h(RecordPanel, { recordId, getToken, onPage }) }).mount(root);`,
};

/** What a Vue build tool does with a single-file component, told about our tags as the README says. */
function compileVue(source: string): string {
  const { descriptor, errors } = parse(source);
  assert.deepEqual(errors, []);
  const isCustomElement = (tag: string): boolean => tag.startsWith('anjuan-');
  const options = { id: 'snippet', inlineTemplate: true, templateOptions: { compilerOptions: { isCustomElement } } };
  return compileScript(descriptor, options).content;
}

async function buildPage(name: string, language: 'jsx' | 'vue', source: string): Promise<void> {
  const contents = language === 'vue' ? compileVue(source) : source;
  const plugin: Plugin = {
    name: 'snippet',
    setup(esbuild) {
      esbuild.onResolve({ filter: /^snippet$/ }, () => ({ path: 'snippet', namespace: 'readme' }));
      esbuild.onLoad({ filter: /.*/, namespace: 'readme' }, () => ({ contents, loader: 'jsx', resolveDir: root }));
    },
  };
  await build({
    ...workspaceBuild,
    stdin: { contents: mounts[language], resolveDir: root, loader: 'js' },
    outdir: work,
    entryNames: name,
    format: 'esm',
    splitting: true,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
    plugins: [plugin],
  });
  writeFileSync(join(work, `${name}.html`), page(name));
}

describe('README snippets', () => {
  let host: Host;
  let browser: Browser;
  let recordId: string;

  before(async () => {
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
    writeFileSync(join(work, 'frame.css'), 'anjuan-viewer { height: 90vh; }\n');
    host = await startHost({ '/snippets/': work });
    browser = await launchChromium();
    const { page: plain, close } = await openWatched(browser, host.origin);
    await plain.goto(`${host.origin}/plain/`);
    recordId = (await recordIds(plain))[0] ?? '';
    await close();
  });
  after(async () => {
    await browser.close();
    await host.close();
  });

  async function mount(path: string): Promise<void> {
    const { page: tab, problems, close } = await openWatched(browser, host.origin);
    try {
      await rememberEvents(tab);
      await tab.route('**/my-token', (route) => route.fulfill({ body: 'token' }));
      await tab.goto(`${host.origin}${path}?record=${recordId}`);
      const shown = await shownPage(tab);
      assert.equal(shown.recordId, recordId);
      // Vue has a Trusted Types policy of its own, which its pages must allow; ours do not need it.
      assert.deepEqual(
        problems.filter((problem) => !/TrustedTypePolicy named 'vue'|trusted-types-policy vue/.test(problem)),
        [],
      );
      if (path.startsWith('/snippets/three')) return;
      assert.equal(await tab.getAttribute('html', 'data-page'), String(shown.pageNumber), 'the page event arrived');
    } finally {
      await close();
    }
  }

  for (const readme of readmes) {
    for (const language of ['jsx', 'vue'] as const) {
      test(`${readme}: the ${language === 'jsx' ? 'React' : 'Vue'} panel shows a record`, async () => {
        const name = `${language}-${readme.replace(/\W/g, '')}`;
        await buildPage(name, language, snippet(readme, language));
        await mount(`/snippets/${name}.html`);
      });
    }
  }

  test('both READMEs print the same three lines', () => {
    const [first, ...rest] = readmes.map((readme) => snippet(readme, 'html'));
    for (const other of rest) assert.equal(other, first);
  });

  test('the three lines show a record', async () => {
    // The server's strict policy forbids inline scripts, so the script line moves into a file, as the embedding guide says.
    const [before = '', script = ''] = snippet('README.md', 'html').split(/<script>|<\/script>\n?$/);
    const body = before.replace('anjuan/', '/anjuan/').replace('RECORD-ID', recordId);
    writeFileSync(join(work, 'three.js'), script);
    writeFileSync(
      join(work, 'three.html'),
      `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="frame.css">${body}<script src="three.js"></script>`,
    );
    await mount('/snippets/three.html');
  });
});
