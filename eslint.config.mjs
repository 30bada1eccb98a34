import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

// Engines of law 3: each is imported in one folder only, and there by dynamic import, so that no page pays for it early.
const engines = [
  { name: 'pdfjs-dist', folder: 'packages/viewer/src/source/pdf' },
  { name: 'pdf-lib', folder: 'packages/capture/src/assemble' },
  { name: 'onnxruntime-web', folder: undefined },
  { name: '@embedpdf/pdfium', folder: 'packages/archive/src/pages/pdfium' },
];
const place = ({ folder }) => (folder === undefined ? 'nowhere in shipped source yet' : `only in ${folder}`);
const startsWith = ({ name }) => `/^${name.replace('/', '\\u002F')}(\\u002F|$)/`;

function engineAnywhere(engine) {
  const message = `Law 3: ${engine.name} is imported ${place(engine)}.`;
  const value = startsWith(engine);
  return [
    { selector: `ImportDeclaration[source.value=${value}]`, message },
    { selector: `ExportAllDeclaration[source.value=${value}]`, message },
    { selector: `ExportNamedDeclaration[source.value=${value}]`, message },
    { selector: `ImportExpression > Literal[value=${value}]`, message },
  ];
}

function engineStatic(engine) {
  const message = `Law 3: import ${engine.name} dynamically, so that nobody loads it before it is needed.`;
  return [{ selector: `ImportDeclaration[importKind!="type"][source.value=${startsWith(engine)}]`, message }];
}

const language = [
  { selector: 'TSEnumDeclaration', message: 'No enum: use a const object or a union of strings.' },
  { selector: 'TSModuleDeclaration[kind="namespace"]', message: 'No namespaces: use modules.' },
  { selector: 'ExportDefaultDeclaration', message: 'No default exports: names make files findable.' },
];

const shipped = [
  {
    selector: 'AssignmentExpression[left.property.name=/^(innerHTML|outerHTML|srcdoc)$/]',
    message: 'Law 8: no HTML sinks. Use a lit template or textContent.',
  },
  {
    selector:
      'CallExpression[callee.property.name=/^(insertAdjacentHTML|setHTMLUnsafe|parseHTMLUnsafe|createContextualFragment)$/]',
    message: 'Law 8: no HTML sinks. Use a lit template or textContent.',
  },
  {
    selector: 'CallExpression[callee.object.name="document"][callee.property.name=/^(write|writeln)$/]',
    message: 'Law 8: no document.write.',
  },
  {
    selector: 'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/\\sstyle="(?!$)/]',
    message: 'Law 8: no style attributes, a strict CSP blocks them. Use setStyle or a class.',
  },
  {
    selector:
      'CallExpression[callee.object.name=/^(window|document|globalThis|self)$/][callee.property.name="addEventListener"]',
    message: 'Law 6: listen through a Scope (scope.listen), so that the listener ends with its owner.',
  },
  {
    selector: 'CallExpression[callee.name="setInterval"]',
    message: 'Law 6: no raw intervals; use scope.timeout and re-arm it.',
  },
  {
    selector: 'CallExpression[callee.object.name="URL"][callee.property.name="createObjectURL"]',
    message: 'Law 6: use scope.objectUrl, which revokes it.',
  },
];

const sinkImports = {
  paths: [
    ...['lit/directives/unsafe-html.js', 'lit/directives/unsafe-svg.js'].map((name) => ({
      name,
      message: 'Law 8: no HTML sinks.',
    })),
    {
      name: 'lit/directives/style-map.js',
      message: 'Law 8: styleMap writes a style attribute first, which a strict CSP blocks. Use setStyle.',
    },
  ],
  patterns: [
    { regex: '^@anjuan/[^/]+/(src|dist)/', message: 'Law 2: use the public entry of the package.' },
    {
      regex: '^(\\.\\./)+(core|viewer|archive|capture|sign)/src/',
      message: 'Law 2: use the public entry of the package.',
    },
  ],
};

const source = 'packages/*/src/**/*.ts';
const tests = ['**/*.test.ts', '**/testing/**/*.ts'];
const everywhere = engines.flatMap(engineAnywhere);

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      'storybook-static/',
      '.cache/',
      'coverage/',
      'bench/results/',
      'packages/capture/kernels/',
      'packages/sign/kernels/',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', ...language],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: [source],
    ignores: tests,
    extends: [lit.configs['flat/recommended'], wc.configs['flat/recommended']],
    plugins: { 'lit-a11y': litA11y },
    rules: {
      ...litA11y.configs.recommended.rules,
      // Composite widgets handle keys on their container; axe checks names and roles in every story, with the real tree.
      'lit-a11y/click-events-have-key-events': 'off',
      'lit-a11y/accessible-name': 'off',
      // AnjuanElement.define registers; constructors of Lit elements are covered by lit's own rules.
      'wc/guard-super-call': 'off',
      'no-console': 'error',
      'no-restricted-imports': ['error', sinkImports],
      'no-restricted-syntax': ['error', ...language, ...shipped, ...everywhere],
    },
  },
  {
    // The one place of developer warnings.
    files: ['packages/core/src/element/warn.ts'],
    rules: { 'no-console': ['error', { allow: ['warn'] }] },
  },
  {
    // Scope is what the rules of law 6 point to.
    files: ['packages/core/src/lifecycle/scope.ts'],
    rules: { 'no-restricted-syntax': ['error', ...language, ...everywhere] },
  },
  {
    files: ['packages/archive/src/bin.ts', 'packages/archive/src/bin/**/*.ts', 'packages/archive/src/cli/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  ...engines
    .filter(({ folder }) => folder !== undefined)
    .map((engine) => ({
      files: [`${engine.folder}/**/*.ts`],
      ignores: tests,
      rules: {
        'no-restricted-syntax': [
          'error',
          ...language,
          ...shipped,
          ...engines.filter((other) => other !== engine).flatMap(engineAnywhere),
          ...engineStatic(engine),
        ],
      },
    })),
  {
    // Storybook reads default exports: story files and its own configuration.
    files: ['stories/**/*.stories.ts', '.storybook/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...language.filter(({ selector }) => selector !== 'ExportDefaultDeclaration')],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.recommended],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
