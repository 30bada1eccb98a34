import { icon, type IconName } from '../icons/icon.js';
import { html, nothing, type TemplateResult } from 'lit';
import { accessMessages, type AccessReport, type AccessState, type FeatureAccess } from '../../devices/access/index.js';
import type { ViewProps } from '../view-props.js';

/** Ways to devices: which are open, what bars the others, and what to do about it. */
export function accessList(props: ViewProps, report: AccessReport): TemplateResult {
  return html`<h3 class="panel-subhead">${props.texts.devices.access}</h3>
    <ul class="access-list" data-widget="access">
      ${report.features.map((feature) => accessRow(props, feature))}
    </ul>`;
}

function accessRow({ locale }: ViewProps, { feature, state, fix, token }: FeatureAccess): TemplateResult {
  const texts = accessMessages[locale];
  const advice = state === 'available' ? '' : texts.fix[fix](token ?? '');
  return html`<li class="access-row" data-tone=${toneOf(state)}>
    ${icon(iconOf(state))}
    <span>
      <span class="access-name">${texts.feature[feature]}</span>
      <span class="access-state">${texts.state[state]}</span>
      ${advice === '' ? nothing : html`<span class="access-fix">${advice}</span>`}
    </span>
  </li>`;
}

function toneOf(state: AccessState): 'good' | 'neutral' | 'warning' {
  return state === 'available' ? 'good' : state === 'ask' ? 'neutral' : 'warning';
}

function iconOf(state: AccessState): IconName {
  return state === 'available' ? 'check' : state === 'ask' ? 'circle-question-mark' : 'triangle-alert';
}
