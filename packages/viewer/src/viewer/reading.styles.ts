import { css, type CSSResult } from 'lit';
import { helpStyles } from '../help/help.styles.js';
import { searchStyles } from '../search/search.styles.js';
import { thumbnailStyles } from '../sidebar/thumbnails.styles.js';
import { treeStyles } from '../sidebar/tree.styles.js';
import { viewportStyles } from '../viewport/styles.js';
import { documentStyles } from './document.styles.js';

/** Looks of what only an open record shows; they come with the reading parts. */
export const readingStyles: CSSResult = css`
  ${viewportStyles}
  ${treeStyles}
  ${thumbnailStyles}
  ${searchStyles}
  ${documentStyles}
  ${helpStyles}
`;
