import { css } from 'lit';

/** Styles of `statePanel()`. */
export const statePanelStyles = css`
  .state-panel {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: var(--anjuan-space-1);
    padding: var(--anjuan-space-5) var(--anjuan-space-4);
    text-align: center;
    overflow-wrap: anywhere;
  }
  .state-panel .icon {
    margin-bottom: var(--anjuan-space-1);
    color: var(--anjuan-color-text-muted);
  }
  .state-panel[data-tone='danger'] .icon {
    color: var(--anjuan-color-danger);
  }
  .state-panel[data-tone='warning'] .icon {
    color: var(--anjuan-color-warning);
  }
  .state-panel p {
    max-width: 36em;
    margin: 0;
  }
  .state-panel-title {
    font-weight: 600;
  }
  .state-panel-reason {
    color: var(--anjuan-color-text-muted);
  }
  .state-panel-code {
    font-size: var(--anjuan-font-size-small);
    color: var(--anjuan-color-text-muted);
    user-select: text;
  }
  .state-panel .button {
    margin-top: var(--anjuan-space-3);
  }
`;
