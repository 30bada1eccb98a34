import { icon, type IconName } from '../icons/icon.js';
import type { OutboxPhase, OutboxStatus } from '@anjuan/core/outbox';
import { html, nothing, type TemplateResult } from 'lit';
import { AnjuanRequestSignInEvent } from '../capture-events.js';
import type { Tray } from '../../session/tray.js';
import { number, type ViewProps } from '../view-props.js';
import { formatBytes } from '../words.js';

const phaseIcons: Readonly<Record<OutboxPhase, IconName>> = {
  idle: 'hard-drive',
  uploading: 'cloud-upload',
  offline: 'wifi-off',
  waiting: 'timer',
  'sign-in': 'key-round',
  refused: 'triangle-alert',
};

/** The state of safety, always in words: how many pages are here, how many in the archive, and what holds them up. */
export function safetyLine(props: ViewProps): TemplateResult {
  const { model, texts } = props;
  const status = model.outbox?.status;
  return html`<div
    class="safety"
    part="safety"
    role="group"
    aria-label=${texts.safety.label}
    data-phase=${status?.phase ?? 'idle'}
  >
    ${status ? words(props, status) : html`<span class="safety-words">${texts.safety.nothing}</span>`} ${room(props)}
  </div>`;
}

function words(props: ViewProps, status: OutboxStatus): TemplateResult {
  const { model, texts, locale } = props;
  const { phase, storedBytes, uploadedBytes } = status;
  const { storedPages, uploadedPages } = pageCounts(model.tray, status);
  const plain = storedPages === 0 && phase === 'idle';
  const text = plain
    ? texts.safety.nothing
    : `${texts.safety.stored(number(props, storedPages))} · ${texts.safety.uploaded(number(props, uploadedPages))}`;
  const bytes = texts.safety.bytes(formatBytes(uploadedBytes, locale), formatBytes(storedBytes, locale));
  return html`<p class="safety-words" data-widget="safety">
      ${icon(phaseIcons[phase])}<span>${text}</span>
      ${storedBytes > 0 ? html`<span class="safety-bytes">${bytes}</span>` : nothing}
    </p>
    ${
      storedBytes > 0
        ? html`<progress
            class="safety-progress"
            aria-label=${texts.safety.label}
            max=${storedBytes}
            value=${uploadedBytes}
          ></progress>`
        : nothing
    }
    ${phaseWords(props, status)}
    ${
      phase === 'sign-in'
        ? html`<button
            type="button"
            class="button"
            data-widget="sign-in"
            @click=${() => {
              if (model.host.fire(new AnjuanRequestSignInEvent())) model.outbox?.wake();
            }}
          >
            ${texts.safety.signIn}
          </button>`
        : phase === 'waiting' || phase === 'offline'
          ? html`<button type="button" class="button" data-widget="wake" @click=${() => model.outbox?.wake()}>
              ${texts.safety.retry}
            </button>`
          : nothing
    }`;
}

/**
 * Pages as the tray counts them: the outbox counts originals, and a card has two, a retaken page as well. Without pages
 * in the tray, those of other batches that are still to be uploaded.
 */
function pageCounts({ pages }: Tray, status: OutboxStatus): Pick<OutboxStatus, 'storedPages' | 'uploadedPages'> {
  if (pages.length === 0) return status;
  return { storedPages: pages.length, uploadedPages: pages.filter(({ uploaded }) => uploaded).length };
}

function phaseWords(props: ViewProps, status: OutboxStatus): TemplateResult | typeof nothing {
  const { texts } = props;
  const { phase, nextTryInMs } = status;
  if (phase === 'idle' || phase === 'uploading') return nothing;
  const wait = phase === 'waiting' && nextTryInMs !== undefined && nextTryInMs >= 1000;
  const more = wait ? texts.safety.retryIn(number(props, Math.ceil(nextTryInMs / 1000))) : undefined;
  const text = [texts.safety.phases[phase], more].filter((part) => part !== undefined).join(' · ');
  return html`<p class="safety-phase" data-tone=${phase === 'refused' ? 'danger' : 'warning'} data-widget="phase">
    ${icon(phaseIcons[phase])}<span>${text}</span>
  </p>`;
}

function room(props: ViewProps): TemplateResult | typeof nothing {
  const { model, texts } = props;
  const { room: state } = model;
  if (!state || state.state === 'ample') return nothing;
  const text =
    state.state === 'full'
      ? texts.safety.roomFull
      : state.remainingPages === undefined
        ? texts.safety.roomLowPlain
        : texts.safety.roomLow(number(props, state.remainingPages));
  return html`<p class="safety-phase" data-tone=${state.state === 'full' ? 'danger' : 'warning'} data-widget="room">
    ${icon('hard-drive')}<span>${text}</span>
  </p>`;
}
