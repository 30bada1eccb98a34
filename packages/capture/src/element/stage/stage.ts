import { icon } from '../icons/icon.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { FrameSession } from '../../devices/frame-source.js';
import { number, type ViewProps } from '../view-props.js';
import { stageState } from './stage-state.js';

/** The live picture with what was found on it, or the panel that says why there is none. */
export function stage(props: ViewProps): TemplateResult {
  const { model, texts } = props;
  const { session } = model.devices;
  const panel = stageState(props);
  return html`<div
    class="stage"
    part="stage"
    data-widget="stage"
    role="group"
    aria-label=${texts.stage.label}
    tabindex="0"
    ?data-drop=${model.dropping}
  >
    ${panel ?? (session ? livePicture(session) : nothing)} ${panel ? nothing : overlays(props)}
    ${model.dropping ? html`<div class="drop-hint">${icon('upload', { sizePx: 20 })}${texts.stage.drop}</div>` : nothing}
    ${model.toast.template(texts.close)}
  </div>`;
}

function livePicture(session: FrameSession): TemplateResult {
  const { preview } = session;
  const picture =
    preview.kind === 'media-stream'
      ? html`<video
          class="live"
          data-widget="live"
          muted
          autoplay
          playsinline
          aria-hidden="true"
          .srcObject=${preview.stream}
        ></video>`
      : html`<canvas class="live" data-widget="live" width="1" height="1" aria-hidden="true"></canvas>`;
  return html`${picture}<svg
      class="found"
      data-widget="found"
      viewBox="0 0 1 1"
      preserveAspectRatio="xMidYMid meet"
      aria-hidden="true"
    ></svg>`;
}

function overlays(props: ViewProps): TemplateResult {
  const { model, texts } = props;
  const { session } = model.devices;
  return html`<div class="stage-top">
    ${aimBanner(props)} ${cardBanner(props)}
    ${session?.warnings.map(({ kind, widthPx, heightPx }) => {
      const size = `${widthPx} × ${heightPx}`;
      const words =
        kind === 'cropped' ? texts.stage.cropped : kind === 'slow' ? texts.stage.slow : texts.stage.lowResolution(size);
      return html`<p class="banner" data-tone="warning">${icon('triangle-alert')}<span>${words}</span></p>`;
    })}
  </div>`;
}

function aimBanner(props: ViewProps): TemplateResult | typeof nothing {
  const { model, texts } = props;
  const { aim } = model;
  if (aim.kind === 'append') return nothing;
  const aimed = aim.kind === 'retake' ? aim.pageId : aim.before;
  const page = model.tray.pages.find(({ pageId }) => pageId === aimed);
  if (!page) return nothing;
  const name = number(props, page.number);
  return html`<p class="banner" data-widget="aim">
    ${icon(aim.kind === 'retake' ? 'replace' : 'file-plus')}
    <span>${aim.kind === 'retake' ? texts.stage.retake(name) : texts.stage.insert(name)}</span>
    <button type="button" class="button" data-kind="quiet" @click=${() => model.setAim({ kind: 'append' })}>
      ${texts.stage.cancelAim}
    </button>
  </p>`;
}

function cardBanner({ model, texts }: ViewProps): TemplateResult | typeof nothing {
  if (model.mode !== 'id-card' || model.aim.kind !== 'append') return nothing;
  const back = model.tray.documents.at(-1)?.pages.at(-1)?.waitsForBack === true;
  return html`<p class="banner" data-widget="card-side">
    ${icon('id-card')}<span>${back ? texts.stage.cardBack : texts.stage.cardFront}</span>
  </p>`;
}
