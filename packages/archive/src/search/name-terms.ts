import { pinyin } from 'pinyin-pro';
import { endings, endingsOfParts, fold, foldedWords, hasHan } from './fold.js';

/** Longest text that gets pinyin: names, departments, diagnoses. */
const MAX_PINYIN_LENGTH = 32;

function syllablesOf(text: string): string[] {
  const head = Array.from(fold(text)).slice(0, MAX_PINYIN_LENGTH).join('');
  const options = { toneType: 'none', type: 'array', surname: 'head', v: true } as const;
  return pinyin(head, options)
    .map(fold)
    .filter((syllable) => syllable !== '');
}

function initialsOf(parts: readonly string[]): string[] {
  return parts.map((part) => Array.from(part)[0] ?? '');
}

/** What finds a Chinese text: any part of it, its pinyin from any syllable, its initials; a Latin text: its words and initials. */
export function wordTerms(text: string): string[] {
  if (!hasHan(text)) {
    const words = foldedWords(text);
    return [...endingsOfParts(words), ...endingsOfParts(initialsOf(words))];
  }
  const syllables = syllablesOf(text);
  return [...endings(text), ...endingsOfParts(syllables), ...endingsOfParts(initialsOf(syllables))];
}
