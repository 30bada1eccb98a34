// Law 2: the direction of dependencies (docs/LAWS.md). Checked by `npm run lint`.
const shipped = '^packages/[^/]+/src/';
// from-source.mjs lets worker threads run from TypeScript in this repository; the built package does not use it.
const notTests = '\\.(test|fuzz)\\.ts$|/testing/|/from-source\\.mjs$';
/** The files behind the public entries of each package.json `exports`. */
const entries = [
  '^packages/core/src/(index|element/index|element/define|outbox/index|worker/index|testing/index)\\.ts$',
  '^packages/viewer/src/(index|define|define/[^/]+)\\.ts$',
  '^packages/archive/src/(index|node|testing/index)\\.ts$',
  '^packages/capture/src/(index|define|testing/index)\\.ts$',
  '^packages/sign/src/(index|define|gm/index|testing/index)\\.ts$',
  '^packages/[^/]+/dist/',
];

function mayUse({ folder, packages, external }) {
  return [
    {
      name: `${folder}-uses-only-its-packages`,
      comment: `${folder} may import ${packages.length > 0 ? packages.join(', ') : 'no other package'} of this repository.`,
      severity: 'error',
      from: { path: `^packages/${folder}/src/`, pathNot: notTests },
      to: {
        path: '^(packages|fixtures|stories|examples|bench|test|scripts)/',
        pathNot: `^packages/(${[folder, ...packages].join('|')})/`,
      },
    },
    {
      name: `${folder}-uses-only-its-libraries`,
      comment: `${folder} may import ${external.join(', ')}; a new library is a decision.`,
      severity: 'error',
      from: { path: `^packages/${folder}/src/`, pathNot: notTests },
      to: { path: 'node_modules/', pathNot: `node_modules/(${external.join('|')})(/|$)` },
    },
  ];
}

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no first file to read.',
      severity: 'error',
      from: { path: '^(packages|fixtures)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-deep-imports',
      comment: 'Another package is used by its public entries only.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/', pathNot: ['^packages/$1/', ...entries] },
    },
    {
      name: 'public-entries-only',
      comment: 'Stories, examples, tests and benches see what a vendor sees.',
      severity: 'error',
      // Benches time steps that no vendor calls by themselves, oracles check inner structures; the page turner needs an image library of Node.
      from: {
        path: '^(stories|examples|bench|test|fixtures)/',
        pathNot: ['^bench/(capture|sign)/', '^test/(oracles|attacks)/'],
      },
      to: { path: '^packages/', pathNot: [...entries, '^packages/capture/src/testing/page-turner/'] },
    },
    {
      name: 'client-needs-no-elements',
      comment: 'core outside src/element runs in workers and Node: no lit, no element code.',
      severity: 'error',
      from: { path: '^packages/core/src/', pathNot: ['^packages/core/src/element/', notTests] },
      to: { path: '^packages/core/src/element/|node_modules/(lit|@lit)/' },
    },
    {
      name: 'define-is-a-leaf',
      comment: 'Law 4: only pages, stories and bundles import a define module.',
      severity: 'error',
      from: { path: shipped, pathNot: ['\\.test\\.ts$', '/define\\.ts$', '/src/define/', '/bundle\\.ts$'] },
      to: { path: '/define\\.ts$|^packages/viewer/src/define/' },
    },
    {
      name: 'tests-stay-outside',
      comment: 'Shipped source never imports tests.',
      severity: 'error',
      from: { path: shipped, pathNot: notTests },
      to: { path: '\\.test\\.ts$|^packages/[^/]+/src/testing/' },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: { path: '^(packages|fixtures)/' },
      to: { couldNotResolve: true },
    },
    ...mayUse({ folder: 'core', packages: [], external: ['comlink', 'idb', 'lit', 'lit-html', '@lit'] }),
    ...mayUse({ folder: 'viewer', packages: ['core'], external: ['lit', 'lit-html', '@lit', 'pdfjs-dist'] }),
    ...mayUse({
      folder: 'capture',
      packages: ['core'],
      external: ['comlink', 'lit', 'lit-html', '@lit', 'pdf-lib', 'uqr', 'utif2', 'zxing-wasm', '@types'],
    }),
    ...mayUse({
      folder: 'sign',
      packages: ['core'],
      external: ['@noble', 'comlink', 'lit', 'lit-html', '@lit', '@types'],
    }),
    ...mayUse({
      folder: 'archive',
      packages: ['core'],
      external: [
        '@embedpdf/fonts-sc',
        '@embedpdf/pdfium',
        '@hono/node-server',
        '@tus/server',
        '@tus/file-store',
        'hono',
        'jose',
        'kysely',
        'node-sqlite3-wasm',
        'pinyin-pro',
        'sharp',
        '@types',
      ],
    }),
  ],
  options: {
    doNotFollow: { path: 'node_modules|/dist/' },
    exclude: { path: '^packages/[^/]+/dist/|^(dist|storybook-static|\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.tests.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['anjuan-source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
