import { css } from 'lit';

/** The provider takes no room of its own. */
export const providerStyles = css`
  :host {
    display: contents;
  }
`;
