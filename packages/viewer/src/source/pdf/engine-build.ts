/** The engine comes twice: smaller for current browsers, and with what older ones lack. */
export type EngineBuild = 'modern' | 'legacy';

/** What the build for current browsers calls without asking. @source pdfjs-dist 6.5.438, build/ */
const needed: readonly (readonly [object, string])[] = [
  [Promise, 'withResolvers'],
  [Promise, 'try'],
  [Map.prototype, 'getOrInsertComputed'],
  [Uint8Array.prototype, 'toHex'],
  [Math, 'sumPrecise'],
  [URL, 'parse'],
];

/** The build this browser can run. Scripts of both must never be mixed. */
export function engineBuild(): EngineBuild {
  return needed.every(([owner, name]) => name in owner) ? 'modern' : 'legacy';
}

/** Name below `<assetsUrl>/pdfjs/` of an engine script. */
export function engineFile(script: 'pdf' | 'pdf.worker', build: EngineBuild): string {
  return build === 'modern' ? `${script}.modern.min.mjs` : `${script}.min.mjs`;
}
