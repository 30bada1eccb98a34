import { html, nothing, type TemplateResult } from 'lit';
import type { ErrorCode } from '../errors/codes.js';
import { icon, type IconName } from './icons/icon.js';

/** What a state panel says, and what it offers to do. */
export interface StatePanelOptions {
  /** A name of the set, or an icon that the package brings along. */
  readonly icon: IconName | TemplateResult;
  /** One line: what. */
  readonly title: string;
  /** One line: why, or what to do next. */
  readonly reason?: string;
  /** Shown small, for the person who calls the help desk. */
  readonly code?: ErrorCode;
  readonly requestId?: string | undefined;
  readonly action?: { readonly label: string; readonly onClick: () => void };
  /** Colour of the icon. Default `neutral`. */
  readonly tone?: 'neutral' | 'warning' | 'danger';
  /** `alert` is read out at once, `status` when the reader pauses. Default: neither. */
  readonly role?: 'alert' | 'status';
}

/** The empty, locked, broken or offline state of an element: what, why, one action. Styled by `baseStyles`. */
export function statePanel(options: StatePanelOptions): TemplateResult {
  const { action, code, requestId } = options;
  return html`<div
    class="state-panel"
    part="state"
    role=${options.role ?? nothing}
    data-tone=${options.tone ?? 'neutral'}
    data-code=${code ?? nothing}
  >
    ${typeof options.icon === 'string' ? icon(options.icon, { sizePx: 20 }) : options.icon}
    <p class="state-panel-title" part="state-title">${options.title}</p>
    ${options.reason ? html`<p class="state-panel-reason" part="state-reason">${options.reason}</p>` : nothing}
    ${
      code
        ? html`<p class="state-panel-code" part="state-code">${requestId ? `${code} · ${requestId}` : code}</p>`
        : nothing
    }
    ${
      action
        ? html`<button class="button" part="state-action" type="button" @click=${action.onClick}>
            ${action.label}
          </button>`
        : nothing
    }
  </div>`;
}
