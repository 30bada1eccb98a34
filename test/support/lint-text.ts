import { ESLint } from 'eslint';
import { root } from '../../scripts/lib/run.mjs';

const eslint = new ESLint({ cwd: root });

/** Messages of the repository's lint rules for a text as if it stood at `path`. */
export async function lintText(path: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: path });
  return (result?.messages ?? []).map(({ ruleId, message }) => `${ruleId ?? 'parse'}: ${message}`);
}
