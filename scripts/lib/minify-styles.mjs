import { readFileSync } from 'node:fs';

const TEMPLATE = /css`((?:[^`\\]|\\.)*)`/g;

/** The styles of a module without comments and spare spaces. Spaces that mean something (in selectors, in calc) stay. */
export function minifyStyles(text) {
  return text.replace(TEMPLATE, (_, styles) => {
    const small = styles
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};,]) ?/g, '$1')
      .replace(/;}/g, '}');
    return `css\`${small.trim()}\``;
  });
}

/** For esbuild. */
export const minifiedStyles = {
  name: 'minified-styles',
  setup(esbuild) {
    esbuild.onLoad({ filter: /\.styles\.ts$/ }, ({ path }) => ({
      contents: minifyStyles(readFileSync(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

/** For rollup, before anything else. */
export const minifiedStylesForRollup = {
  name: 'minified-styles',
  transform: (code, id) => (id.endsWith('.styles.ts') ? { code: minifyStyles(code), map: null } : null),
};
