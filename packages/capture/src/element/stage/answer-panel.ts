import { statePanel, type StatePanelOptions } from '@anjuan/core/element';
import { html, type TemplateResult } from 'lit';
import { icon, type IconName } from '../icons/icon.js';

/** What a panel of capture says. */
export type PanelOptions = Omit<StatePanelOptions, 'icon'> & { readonly icon: IconName };

/** One answer below a panel. */
export interface PanelAction {
  readonly label: string;
  readonly primary?: boolean;
  readonly danger?: boolean;
  readonly widget?: string;
  /** The panel goes with its answer: the focus moves to the stage, so that keys and pedal work from then on. */
  readonly leads?: boolean;
  readonly onClick: () => void;
}

/** The state panel of core with more than one answer. */
export function panel(options: PanelOptions, actions: readonly PanelAction[]): TemplateResult {
  return html`<div class="stage-state">
    ${statePanel({ ...options, icon: icon(options.icon, { sizePx: 20 }) })}
    <div class="stage-actions">
      ${actions.map(
        ({ label, primary, danger, widget, leads, onClick }) =>
          html`<button
            type="button"
            class="button"
            data-kind=${primary ? 'primary' : danger ? 'danger' : 'plain'}
            data-widget=${widget ?? 'state-action'}
            @click=${(event: MouseEvent) => {
              if (leads) toStage(event);
              onClick();
            }}
          >
            ${label}
          </button>`,
      )}
    </div>
  </div>`;
}

function toStage({ currentTarget }: MouseEvent): void {
  if (!(currentTarget instanceof HTMLElement)) return;
  currentTarget.closest<HTMLElement>('[data-widget="stage"]')?.focus({ preventScroll: true });
}
