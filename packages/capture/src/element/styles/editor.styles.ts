import { css } from 'lit';

export const editorStyles = css``;
