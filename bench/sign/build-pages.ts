import { mkdirSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { buildSignAssets } from '../../scripts/lib/sign-assets.mjs';
import { workspaceBuild } from '../../scripts/lib/workspace-build.mjs';
import { assetsDir, benchDir, pagesDir, root } from './places.js';

/** What an application would import of each peer. */
export const peerEntries = {
  'peer-libpdf': `export { PDF, CryptoKeySigner, HttpTimestampAuthority } from '@libpdf/core';`,
  'peer-cantoo': `import { PDFDocument, PDFName, PDFString, PDFHexString, PDFRef } from '@cantoo/pdf-lib';
    import { Certificate, Attribute, SignedAndUnsignedAttributes, SignerInfo, IssuerAndSerialNumber,
      EncapsulatedContentInfo, SignedData, ContentInfo } from 'pkijs';
    import { ObjectIdentifier, OctetString, Sequence } from 'asn1js';
    export const cantoo = { PDFDocument, PDFName, PDFString, PDFHexString, PDFRef };
    export const pkijs = { Certificate, Attribute, SignedAndUnsignedAttributes, SignerInfo, IssuerAndSerialNumber,
      EncapsulatedContentInfo, SignedData, ContentInfo };
    export const asn1js = { ObjectIdentifier, OctetString, Sequence };`,
  'peer-signature-pad': `export { default } from 'signature_pad';`,
  'peer-sm-crypto': `export * from 'sm-crypto-v2';`,
} as const;

/** Builds the worker and the pages that the browser loads; each peer in a file of its own. */
export async function buildPages(): Promise<void> {
  mkdirSync(pagesDir, { recursive: true });
  await buildSignAssets(`${assetsDir}/sign`);
  await build({
    ...workspaceBuild,
    entryPoints: ['large', 'ink'].map((name) => `${root}bench/sign/pages/${name}.ts`),
    format: 'esm',
    outdir: pagesDir,
    splitting: true,
  });
  for (const [name, contents] of Object.entries(peerEntries))
    await build({
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'chrome125',
      logLevel: 'error',
      stdin: { contents, resolveDir: benchDir },
      outfile: `${pagesDir}/${name}.js`,
    });
  const file = '<input type="file">';
  for (const name of ['large', 'ink'])
    writeFileSync(
      `${pagesDir}/${name}.html`,
      `<!doctype html><meta charset="utf-8">${name === 'large' ? file : ''}<script type="module" src="${name}.js"></script>`,
    );
}
