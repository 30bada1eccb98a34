import { hasProgram, runProgram } from '../../../fixtures/src/oracles/index.js';
import { root } from '../places.js';

/** One program's objection, in its own words. */
export interface Refusal {
  readonly oracle: string;
  readonly words: string;
}

const shorten = (text: string): string => text.replaceAll(root, '').replace(/\s+/g, ' ').trim().slice(-300);

/** Warnings without offsets and file names, so that those of the input can be told from new ones. */
const warningsOf = (text: string): Set<string> =>
  new Set(
    text
      .split('\n')
      .filter((line) => /WARNING/i.test(line))
      .map((line) => line.replace(/^.*?\.pdf/, '').replace(/\d+/g, '#')),
  );

/** A clean bill of qpdf; warnings that the input already had do not count. */
export async function askQpdf(path: string, inputPath: string, password: string): Promise<Refusal | undefined> {
  if (!hasProgram('qpdf')) return undefined;
  const secret = password === '' ? [] : [`--password=${password}`];
  const { text, code } = await runProgram('qpdf', ['--check', ...secret, path]);
  if (code === 0 && !/WARNING/.test(text)) return undefined;
  const before = warningsOf((await runProgram('qpdf', ['--check', ...secret, inputPath])).text);
  const fresh = [...warningsOf(text)].filter((warning) => !before.has(warning));
  if (code !== 2 && fresh.length === 0) return undefined;
  return { oracle: 'qpdf', words: shorten(fresh.join(' ') || text) };
}

const count = (text: string, part: RegExp): number => text.match(part)?.length ?? 0;

/** One line for each signature that pdfsig knows: its field and its verdict. */
export async function pdfsigVerdicts(path: string): Promise<readonly string[]> {
  const { text } = await runProgram('pdfsig', ['-nocert', path]);
  return text
    .split(/^Signature #\d+:/m)
    .slice(1)
    .map((part) => {
      const line = (name: string): string => new RegExp(`${name}: (.*)`).exec(part)?.[1]?.trim() ?? '';
      return `${line('Signature Field Name')}|${line('Signed Ranges')}|${line('Signature Validation')}`;
    });
}

export async function askPdfsig(path: string, signatures: number): Promise<Refusal | undefined> {
  if (!hasProgram('pdfsig')) return undefined;
  const { text } = await runProgram('pdfsig', ['-nocert', path]);
  return count(text, /Signature Validation: Signature is Valid/g) === signatures
    ? undefined
    : { oracle: 'pdfsig', words: shorten(text) };
}

/** Edits since signing are later signatures; trust in the test root is not asked; document timestamps are not known to it. */
export async function askMutool(path: string, signatures: number, password: string): Promise<Refusal | undefined> {
  if (!hasProgram('mutool')) return undefined;
  const { text } = await runProgram('mutool', ['sign', '-v', ...(password === '' ? [] : ['-p', password]), path]);
  const holds = count(text, /(unchanged|edits) since signing/g) === signatures && !/Digest error/.test(text);
  return holds ? undefined : { oracle: 'mutool', words: shorten(text) };
}

export interface CmsQuestion {
  readonly derFile: string;
  readonly dataFile: string;
  readonly rootsFile: string;
  readonly untrustedFile: string;
}

/** The signature by itself; `cades` demands the signing-certificate attribute of PAdES. */
export async function askOpensslCms(question: CmsQuestion, options: { cades: boolean }): Promise<Refusal | undefined> {
  const { derFile, dataFile, rootsFile } = question;
  const { text, code } = await runProgram('openssl', [
    ...['cms', '-verify', ...(options.cades ? ['-cades'] : []), '-binary', '-inform', 'DER', '-in', derFile],
    ...['-content', dataFile, '-out', `${dataFile}.out`, '-CAfile', rootsFile, '-purpose', 'any'],
  ]);
  return code === 0 ? undefined : { oracle: 'openssl cms', words: shorten(text) };
}

/** A timestamp token over data. */
export async function askOpensslTs({
  derFile,
  dataFile,
  rootsFile,
  untrustedFile,
}: CmsQuestion): Promise<Refusal | undefined> {
  const { text, code } = await runProgram('openssl', [
    ...['ts', '-verify', '-token_in', '-in', derFile, '-data', dataFile],
    ...['-untrusted', untrustedFile, '-CAfile', rootsFile],
  ]);
  return code === 0 ? undefined : { oracle: 'openssl ts', words: shorten(text) };
}
