import { css } from 'lit';

export const resultListStyles = css`
  /* The list scrolls, not the panel: filters and count stay in sight, and a list box may scroll by its combobox's keys. */
  .list {
    max-height: min(45vh, 400px);
    overflow-y: auto;
    overscroll-behavior: contain;
    padding: var(--anjuan-space-1);
  }
  .list[aria-busy='true'] {
    opacity: 0.6;
  }
  /* Columns line up from row to row because no basis depends on the text; a narrow panel wraps them into lines. */
  .option {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--anjuan-space-2);
    align-content: center;
    align-items: baseline;
    min-height: var(--anjuan-control-size);
    padding: var(--anjuan-space-1) var(--anjuan-space-2);
    cursor: pointer;
    border-radius: var(--anjuan-radius-control);
  }
  .option > * {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* A long name takes a second line: who it is must not be cut where two people differ. */
  .option > .who {
    display: -webkit-box;
    flex: 1 1 9.5em;
    white-space: normal;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .name {
    font-weight: 600;
  }
  .person {
    margin-inline-start: var(--anjuan-space-1);
  }
  .number {
    flex: 0.3 1 10.5em;
    color: var(--anjuan-color-text-muted);
  }
  /* One line: what finds no room wraps out of sight, the number of the stay before the department. */
  .stay {
    display: flex;
    flex: 1 1 20em;
    flex-wrap: wrap;
    gap: 0 var(--anjuan-space-2);
    height: var(--anjuan-line-height);
  }
  .dates,
  .visit {
    flex: none;
  }
  .department {
    flex: 1 1 5em;
    min-width: 0;
    max-width: max-content;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .visit {
    color: var(--anjuan-color-text-muted);
  }
  .diagnosis {
    flex: 3 1 19em;
    color: var(--anjuan-color-text-muted);
  }
  .option[aria-selected='true'] {
    background: var(--anjuan-color-selection);
    box-shadow: inset 2px 0 0 var(--anjuan-color-accent);
  }
  .option[aria-selected='true'] .number,
  .option[aria-selected='true'] .visit,
  .option[aria-selected='true'] .diagnosis {
    color: var(--anjuan-color-text);
  }
  @media (hover: hover) {
    .option:hover:not(.skeleton):not([aria-selected='true']) {
      background: var(--anjuan-color-surface-2);
    }
  }
  .more {
    align-items: center;
    justify-content: center;
    color: var(--anjuan-color-accent);
  }
  .more[data-state='failed'] {
    color: var(--anjuan-color-danger);
  }
  .skeleton {
    cursor: default;
  }
  .skeleton .stay {
    display: block;
  }
  .bone {
    display: inline-block;
    width: 70%;
    height: 0.75em;
    background: var(--anjuan-color-border);
    border-radius: var(--anjuan-radius-control);
  }
  .name-bone {
    width: 5em;
  }
  @media (forced-colors: active) {
    .option[aria-selected='true'] {
      forced-color-adjust: none;
      color: HighlightText;
      background: Highlight;
    }
    .option[aria-selected='true'] .number,
    .option[aria-selected='true'] .visit,
    .option[aria-selected='true'] .diagnosis {
      color: HighlightText;
    }
  }
`;
