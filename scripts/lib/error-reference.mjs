import { tsImport } from 'tsx/esm/api';

/** The code table and the texts of both languages, straight from the sources. */
export async function readCatalogue() {
  const { errorCodes } = await tsImport('../../packages/core/src/errors/codes.ts', import.meta.url);
  const { errorTexts } = await tsImport('../../packages/core/src/element/i18n/error-texts.ts', import.meta.url);
  const { errorFixes } = await tsImport('../../packages/core/src/errors/fixes.ts', import.meta.url);
  return { codes: Object.keys(errorCodes), table: errorCodes, fixes: errorFixes, texts: errorTexts };
}

const head = `# Error codes

Every failure of Anjuan is an \`AnjuanError\` with one of these codes. A code never changes its meaning; switch on it, and
show users the catalogue text. \`retryable\` says whether the same call may work when it is made again.
Errors carry \`requestId\` where the archive was asked; quote it when you report a fault.

This page is generated from \`packages/core/src/errors/codes.ts\` and the message catalogue by \`npm run docs\`.
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
