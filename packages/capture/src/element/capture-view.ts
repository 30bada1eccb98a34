import { html, nothing, type TemplateResult } from 'lit';
import { documentPanel } from './documents/document-panel.js';
import { header } from './header/header.js';
import { helpDialog } from './help/help-dialog.js';
import { shutterBar } from './stage/shutter-bar.js';
import { stage } from './stage/stage.js';
import { safetyLine } from './status/safety-line.js';
import { pageTools } from './tray/page-tools.js';
import { findingsLine } from './tray/findings-line.js';
import { trayView } from './tray/tray-view.js';
import type { ViewProps } from './view-props.js';

/** The whole screen. */
export function captureView(props: ViewProps): TemplateResult {
  const { model, texts } = props;
  const status = model.session?.state.status;
  const working = status === 'open' || status === 'finishing';
  return html`<div
      class="frame"
      data-busy=${model.shutter.state.status}
      @mousedown=${(event: MouseEvent) => keepKeys(event, props)}
    >
      ${header(props)} ${stage(props)}
      ${
        working
          ? html`<section class="side" aria-label=${texts.tray.label}>
              ${pageTools(props)} ${findingsLine(props)} ${trayView(props)} ${safetyLine(props)}
            </section>`
          : html`<section class="side side-quiet" aria-label=${texts.safety.label}>${safetyLine(props)}</section>`
      }
      ${shutterBar(props)}
    </div>
    ${documentPanel(props)} ${helpDialog(props)} ${model.editor.template(props) ?? nothing} ${model.live.template()}`;
}

const FOCUSABLE = 'button, input, select, textarea, label, a, [tabindex]';

/** A press on nothing in particular gives the keys, and with them the pedal, to the picture. */
function keepKeys(event: MouseEvent, { model }: ViewProps): void {
  const target = event.composedPath()[0];
  if (!(target instanceof Element) || target.closest(FOCUSABLE)) return;
  event.preventDefault();
  model.screen.focusStage();
}
