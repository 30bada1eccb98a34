import { css } from 'lit';

/** Tools, findings, documents and tiles. */
export const trayStyles = css`
  .tools {
    display: flex;
    flex: none;
    gap: 0;
    align-items: center;
    min-width: 0;
    padding: var(--anjuan-space-1) var(--anjuan-space-2);
    border-bottom: 1px solid var(--anjuan-color-border);
  }
  .side {
    container-type: inline-size;
  }
  @container (max-width: 23em) {
    .tools-page {
      display: none;
    }
    .tools {
      justify-content: space-between;
    }
  }
  .tools .icon-button {
    flex: 0 1 var(--anjuan-control-size);
    min-width: 0;
  }
  .tools-page {
    overflow: hidden;
    color: var(--anjuan-color-text-muted);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tools-gap {
    width: var(--anjuan-space-2);
  }
  :host([data-layout='narrow']) .tools-gap {
    width: 0;
  }
  .findings {
    flex: none;
    min-height: calc(var(--anjuan-control-size) + 8px);
    padding: var(--anjuan-space-1) var(--anjuan-space-3);
    border-bottom: 1px solid var(--anjuan-color-border);
  }
  :host([data-layout='narrow']) .findings:empty,
  :host([data-layout='narrow']) .findings:not(:has(*)) {
    display: none;
  }
  .finding,
  .finding-kept {
    display: flex;
    gap: var(--anjuan-space-2);
    align-items: flex-start;
    margin: 0;
  }
  .finding .icon,
  .finding-kept .icon {
    margin-top: 3px;
  }
  .finding[data-tone='warning'] .icon {
    color: var(--anjuan-color-warning);
  }
  .finding[data-tone='danger'] .icon {
    color: var(--anjuan-color-danger);
  }
  .finding-facts {
    margin: 0;
    line-height: var(--anjuan-control-size);
  }
  :host([data-layout='narrow']) .findings:has(> .finding-facts) {
    display: none;
  }
  .finding-facts,
  .finding-kept {
    color: var(--anjuan-color-text-muted);
  }
  .finding-actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--anjuan-space-2);
    padding: var(--anjuan-space-1) 0;
  }
  .tray {
    flex: 1 1 0;
    min-height: 0;
    padding: var(--anjuan-space-2) var(--anjuan-space-3);
    overflow: auto;
    background: var(--anjuan-color-surface-2);
  }
  .tray-empty {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    text-align: center;
  }
  .tray-empty p {
    margin: 0;
  }
  .tray-empty-reason {
    color: var(--anjuan-color-text-muted);
  }
  .document + .document {
    margin-top: var(--anjuan-space-3);
  }
  .document-head {
    display: flex;
    gap: var(--anjuan-space-2);
    align-items: center;
    min-height: var(--anjuan-control-size);
    cursor: pointer;
  }
  .document-number {
    flex: none;
    min-width: 1.6em;
    padding: 0 4px;
    font-size: var(--anjuan-font-size-small);
    color: var(--anjuan-color-accent-text);
    text-align: center;
    background: var(--anjuan-color-accent);
    border-radius: var(--anjuan-radius-control);
  }
  .document-name {
    min-width: 0;
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: isolate;
  }
  .document-head[data-typed='no'] .document-name,
  .document-head[data-typed='no'] .icon {
    color: var(--anjuan-color-warning);
  }
  .document-count {
    flex: 1;
    font-size: var(--anjuan-font-size-small);
    color: var(--anjuan-color-text-muted);
    text-align: end;
    white-space: nowrap;
  }
  .document-next {
    margin: 0;
    padding: var(--anjuan-space-2);
    color: var(--anjuan-color-text-muted);
    text-align: center;
    border: 1px dashed var(--anjuan-color-control);
    border-radius: var(--anjuan-radius-control);
  }
  .document-pages {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(92px, 1fr));
    gap: var(--anjuan-space-2);
  }
  .tile {
    position: relative;
    display: flex;
    flex-direction: column;
    min-width: 0;
    padding: var(--anjuan-space-1);
    border: 2px solid transparent;
    border-radius: var(--anjuan-radius-panel);
    cursor: default;
    content-visibility: auto;
    contain-intrinsic-size: 92px 148px;
    user-select: none;
    -webkit-touch-callout: none;
  }
  .tile[aria-selected='true'] {
    background: var(--anjuan-color-selection);
    border-color: var(--anjuan-color-accent);
  }
  .tile[data-lifted] {
    opacity: 0.45;
  }
  .tile[data-drop-before]::before,
  .tile[data-drop-behind]::after {
    position: absolute;
    top: 4px;
    bottom: 4px;
    left: -3px;
    width: 3px;
    content: '';
    background: var(--anjuan-color-accent);
    border-radius: 2px;
  }
  .tile[data-drop-behind]::after {
    right: -3px;
    left: auto;
  }
  .tile-picture {
    position: relative;
    display: flex;
    align-items: center;
    justify-content: center;
    aspect-ratio: 210 / 250;
    overflow: hidden;
  }
  .tile-image {
    max-width: 100%;
    max-height: 100%;
    background: var(--anjuan-color-page);
    box-shadow: var(--anjuan-shadow-page);
    pointer-events: none;
  }
  .tile-skeleton {
    width: 78%;
    height: 94%;
    background: var(--anjuan-color-page);
    box-shadow: var(--anjuan-shadow-page);
  }
  .tile-number,
  .tile-sides,
  .tile-uploaded {
    position: absolute;
    padding: 0 5px;
    font-size: var(--anjuan-font-size-small);
    line-height: 18px;
    color: var(--anjuan-color-text);
    background: var(--anjuan-color-surface);
    border: 1px solid var(--anjuan-color-border);
    border-radius: var(--anjuan-radius-control);
  }
  .tile-number {
    top: 0;
    left: 0;
    font-weight: 600;
  }
  .tile-sides {
    bottom: 0;
    left: 0;
  }
  .tile-uploaded {
    top: 0;
    right: 0;
    display: inline-flex;
    padding: 1px 3px;
    color: var(--anjuan-color-success);
  }
  .tile-mark {
    display: flex;
    gap: 3px;
    align-items: center;
    justify-content: center;
    min-width: 0;
    padding-top: 2px;
    font-size: var(--anjuan-font-size-small);
    line-height: 18px;
    color: var(--anjuan-color-text-muted);
  }
  .tile-word {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tile-mark[data-mark='good'] {
    color: var(--anjuan-color-success);
  }
  .tile-mark[data-mark='warn'] {
    color: var(--anjuan-color-warning);
  }
  .tile-mark[data-mark='reject'],
  .tile-mark[data-mark='failed'] {
    color: var(--anjuan-color-danger);
  }
  :host([data-layout='narrow']) .tray {
    display: flex;
    flex: none;
    gap: var(--anjuan-space-3);
    height: 150px;
    padding: var(--anjuan-space-1) var(--anjuan-space-2);
    overflow: auto hidden;
    overscroll-behavior-x: contain;
  }
  :host([data-layout='narrow']) .tray-empty {
    gap: 0;
    overflow: hidden;
  }
  :host([data-layout='narrow']) .document {
    display: flex;
    flex: none;
    flex-direction: column;
    margin: 0;
  }
  :host([data-layout='narrow']) .document-head {
    position: sticky;
    left: 0;
    flex: none;
    width: fit-content;
    max-width: min(300px, 80vw);
    min-height: 24px;
    font-size: var(--anjuan-font-size-small);
    line-height: 20px;
  }
  :host([data-layout='narrow']) .document-next {
    max-width: 120px;
  }
  :host([data-layout='narrow']) .document-pages {
    display: flex;
    flex: 1;
    gap: 2px;
    min-height: 0;
  }
  :host([data-layout='narrow']) .tile {
    flex: none;
    width: 82px;
    contain-intrinsic-size: 82px 116px;
  }
  :host([data-layout='narrow']) .tile-picture {
    flex: 1;
    min-height: 0;
    aspect-ratio: auto;
  }
  .tile[data-mark='working'] .tile-mark .icon,
  .state-panel:not([data-tone='danger']) .icon:has(path[d^='M21 12a9']) {
    animation: turn 1.2s linear infinite;
  }
  .tile-image {
    animation: arrive var(--anjuan-duration) ease-out;
  }
  @keyframes arrive {
    from {
      transform: translateY(-10px) scale(1.08);
    }
  }
  @keyframes turn {
    to {
      transform: rotate(360deg);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .tile[data-mark='working'] .tile-mark .icon,
    .tile-image,
    .state-panel .icon {
      animation: none !important;
    }
  }
`;
