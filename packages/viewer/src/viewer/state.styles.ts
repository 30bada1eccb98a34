import { css } from 'lit';

/** Skeleton while a record opens. */
export const stateStyles = css`
  .skeleton {
    flex: 1;
    overflow: hidden;
  }
  .skeleton-head {
    display: flex;
    align-items: center;
    height: 36px;
    padding: 0 var(--anjuan-space-4);
    background: var(--anjuan-color-surface);
    border-bottom: 1px solid var(--anjuan-color-border);
  }
  .skeleton-bar {
    width: 40%;
    height: 10px;
    background: var(--anjuan-color-border);
    border-radius: var(--anjuan-radius-control);
  }
  .skeleton-page {
    width: calc(100% - 32px);
    max-width: 794px;
    margin: var(--anjuan-space-3) auto 0;
    background: var(--anjuan-color-page);
    box-shadow: var(--anjuan-shadow-page);
    opacity: 0.75;
  }
  .skeleton-page::before {
    display: block;
    padding-bottom: 141.4%;
    content: '';
  }
  .skeleton-rows {
    display: flex;
    flex-direction: column;
    gap: var(--anjuan-space-4);
    padding: var(--anjuan-space-4);
  }
  .skeleton-row {
    width: 70%;
    height: 10px;
    background: var(--anjuan-color-border);
    border-radius: var(--anjuan-radius-control);
  }
  .skeleton-row:nth-child(3n) {
    width: 45%;
  }
  .skeleton-row:nth-child(3n + 2) {
    width: 85%;
  }
  .slow {
    position: absolute;
    right: 0;
    bottom: var(--anjuan-space-4);
    left: 0;
    margin: 0;
    text-align: center;
  }
  .slow span {
    padding: var(--anjuan-space-2) var(--anjuan-space-4);
    background: var(--anjuan-color-surface);
    border: 1px solid var(--anjuan-color-border);
    border-radius: var(--anjuan-radius-panel);
  }
`;
