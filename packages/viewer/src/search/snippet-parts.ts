import { findFolded, foldQuery, foldText } from './fold-text.js';

/** A piece of a snippet, in order. */
export interface SnippetPart {
  readonly text: string;
  /** It is what was searched for. */
  readonly match: boolean;
}

/** Splits a snippet at the query. A form that only the archive takes for alike leaves the snippet whole. */
export function snippetParts(snippet: string, query: string): readonly SnippetPart[] {
  const parts: SnippetPart[] = [];
  let done = 0;
  for (const { start, end } of findFolded(foldText(snippet), foldQuery(query))) {
    if (start > done) parts.push({ text: snippet.slice(done, start), match: false });
    parts.push({ text: snippet.slice(start, end), match: true });
    done = end;
  }
  if (done < snippet.length) parts.push({ text: snippet.slice(done), match: false });
  return parts;
}
