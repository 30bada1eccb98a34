import { css, type CSSResult } from 'lit';
import { barStyles } from './styles/bar.styles.js';
import { dialogStyles } from './styles/dialog.styles.js';
import { editorStyles } from './styles/editor.styles.js';
import { headerStyles } from './styles/header.styles.js';
import { stageStyles } from './styles/stage.styles.js';
import { statusStyles } from './styles/status.styles.js';
import { trayStyles } from './styles/tray.styles.js';

/** Frame of capture; the areas bring their own styles. */
export const captureStyles: CSSResult = css`
  :host {
    position: relative;
    display: block;
    min-width: 0;
    height: 100%;
    min-height: 480px;
    overflow: hidden;
    contain: layout style;
    background: var(--anjuan-color-surface);
  }
  .frame {
    position: absolute;
    inset: 0;
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr) minmax(320px, 30%);
    grid-template-areas: 'header header' 'stage side' 'bar side';
  }
  :host([data-layout='narrow']) .frame {
    grid-template: auto minmax(0, 1fr) auto auto / minmax(0, 1fr);
    grid-template-areas: 'header' 'stage' 'side' 'bar';
  }
  .header {
    grid-area: header;
  }
  .stage {
    grid-area: stage;
  }
  .side {
    display: flex;
    flex-direction: column;
    grid-area: side;
    min-width: 0;
    min-height: 0;
    background: var(--anjuan-color-surface);
    border-left: 1px solid var(--anjuan-color-border);
  }
  :host([data-layout='narrow']) .side {
    border-top: 1px solid var(--anjuan-color-border);
    border-left: 0;
  }
  .side-quiet {
    justify-content: flex-end;
  }
  .bar {
    grid-area: bar;
  }
  .spacer {
    flex: 1 1 0;
    min-width: 0;
  }
  ${headerStyles}
  ${stageStyles}
  ${barStyles}
  ${trayStyles}
  ${statusStyles}
  ${dialogStyles}
  ${editorStyles}
`;
