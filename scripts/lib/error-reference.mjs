import { tsImport } from 'tsx/esm/api';

/** The code table and the texts of both languages, straight from the sources. */
export async function readCatalogue() {
  const { errorCodes } = await tsImport('../../packages/core/src/errors/codes.ts', import.meta.url);
  const { errorTexts } = await tsImport('../../packages/core/src/element/i18n/error-texts.ts', import.meta.url);
  const { errorFixes } = await tsImport('../../packages/core/src/errors/fixes.ts', import.meta.url);
  const { captureErrorCodes } = await tsImport('../../packages/core/src/errors/capture-codes.ts', import.meta.url);
  const { captureErrorFixes } = await tsImport('../../packages/core/src/errors/capture-fixes.ts', import.meta.url);
  const { captureErrorTextsZh } = await tsImport(
    '../../packages/capture/src/errors/capture-error-texts.zh-cn.ts',
    import.meta.url,
  );
  const { captureErrorTextsEn } = await tsImport(
    '../../packages/capture/src/errors/capture-error-texts.en.ts',
    import.meta.url,
  );
  const { signErrorCodes } = await tsImport('../../packages/sign/src/errors/sign-code-table.ts', import.meta.url);
  const { signErrorFixes } = await tsImport('../../packages/sign/src/errors/sign-fixes.ts', import.meta.url);
  const { signErrorTextsZh } = await tsImport(
    '../../packages/sign/src/errors/sign-error-texts.zh-cn.ts',
    import.meta.url,
  );
  const { signErrorTextsEn } = await tsImport('../../packages/sign/src/errors/sign-error-texts.en.ts', import.meta.url);
  const table = { ...errorCodes, ...captureErrorCodes, ...signErrorCodes };
  return {
    codes: Object.keys(table),
    table,
    fixes: { ...errorFixes, ...captureErrorFixes, ...signErrorFixes },
    texts: {
      'zh-CN': { ...errorTexts['zh-CN'], ...captureErrorTextsZh, ...signErrorTextsZh },
      en: { ...errorTexts.en, ...captureErrorTextsEn, ...signErrorTextsEn },
    },
  };
}

const head = `# Error codes

Every failure of Anjuan is an \`AnjuanError\` with one of these codes. A code never changes its meaning; switch on it, and
show users the catalogue text. \`retryable\` says whether the same call may work when it is made again.
Errors carry \`requestId\` where the archive was asked; quote it when you report a fault.

This page is generated from the code tables in \`packages/core/src/errors\` and the message catalogues by \`npm run docs\`.
`;

function section({ table, fixes, texts }, code) {
  const { meaning, retryable } = table[code];
  const shown = (locale) => {
    const { title, next } = texts[locale]?.[code] ?? { title: '-', next: '-' };
    return locale === 'zh-CN' ? `${title}。${next}。` : `${title}. ${next}.`;
  };
  return [
    `## \`${code}\``,
    '',
    meaning,
    '',
    `- **Fix:** ${fixes[code]}`,
    `- **Retryable:** ${retryable ? 'yes' : 'no'}`,
    `- **zh-CN:** ${shown('zh-CN')}`,
    `- **en:** ${shown('en')}`,
    '',
  ].join('\n');
}

/** The text of docs/errors.md. */
export function errorReference(catalogue) {
  return [head, ...catalogue.codes.map((code) => section(catalogue, code))].join('\n');
}
