import { formatDateTime } from '@anjuan/core/element';
import type { TemplateResult } from 'lit';
import { captureErrorParts } from '../../errors/capture-error-texts.js';
import type { CaptureModel } from '../capture-model.js';
import { number, type ViewProps } from '../view-props.js';
import { panel, type PanelAction } from './answer-panel.js';
import { finishPanel } from './finish-panel.js';

/** The panel in place of the live picture; undefined while there is one. */
export function stageState(props: ViewProps): TemplateResult | undefined {
  return sessionPanel(props) ?? devicePanel(props);
}

function sessionPanel(props: ViewProps): TemplateResult | undefined {
  const { model, texts, locale } = props;
  const state = model.session?.state;
  const error = model.failure ?? (state?.status === 'failed' ? state.error : undefined);
  if (error) {
    const { title, next } = captureErrorParts(error.code, locale);
    return panel({ icon: 'hard-drive', title, reason: next, code: error.code, tone: 'danger', role: 'alert' }, [
      { label: texts.states.retry, primary: true, leads: true, onClick: () => void model.start() },
    ]);
  }
  if (!model.connected) {
    return panel({ icon: 'unplug', title: texts.states.notConnected, reason: texts.states.notConnectedReason }, []);
  }
  switch (state?.status) {
    case undefined:
    case 'closed':
    case 'opening':
      return panel({ icon: 'loader-circle', title: texts.states.opening, role: 'status' }, []);
    case 'found':
      return foundPanel(props, model);
    case 'in-use':
      return panel(
        { icon: 'lock', title: texts.states.inUseTitle, reason: texts.states.inUseReason, tone: 'warning' },
        [
          { label: texts.states.retry, primary: true, leads: true, onClick: () => void model.start() },
          { label: texts.states.startNew, leads: true, onClick: () => void model.session?.startNew() },
        ],
      );
    case 'finishing':
    case 'submitted':
      return finishPanel(props, state);
    default:
      return undefined;
  }
}

function foundPanel(props: ViewProps, model: CaptureModel): TemplateResult | undefined {
  const state = model.session?.state;
  if (state?.status !== 'found') return undefined;
  const { texts } = props;
  const { pageCount, createdOn, otherRecord } = state.found;
  const date = formatDateTime(new Date(createdOn).toISOString());
  const count = number(props, pageCount);
  return panel(
    {
      icon: 'inbox',
      title: texts.states.foundTitle(count),
      reason: otherRecord ? texts.states.foundOther(date) : texts.states.foundReason(date),
      tone: otherRecord ? 'warning' : 'neutral',
      role: 'status',
    },
    [
      {
        label: texts.states.resume,
        primary: true,
        widget: 'resume',
        leads: true,
        onClick: () => void model.session?.resume(),
      },
      { label: texts.states.putOff, widget: 'put-off', leads: true, onClick: () => void model.session?.putOff() },
      {
        label: model.batch.discardAsked ? texts.states.discardSure(count) : texts.states.discard,
        widget: 'discard',
        danger: model.batch.discardAsked,
        onClick: () => void model.batch.discard(),
      },
    ],
  );
}

function devicePanel(props: ViewProps): TemplateResult | undefined {
  const { model, texts, locale } = props;
  const { state } = model.devices;
  const addFiles: PanelAction[] = [
    { label: texts.files.button, widget: 'state-files', onClick: () => props.run('files') },
  ];
  // Where there is a finger, there is mostly a phone with a camera app of its own, http pages included.
  if (matchMedia('(pointer: coarse)').matches) {
    addFiles.push({ label: texts.files.take, widget: 'take-photo', onClick: () => model.screen.takePhoto() });
  }
  if (state.status === 'live') {
    if (state.session.preview.kind !== 'none') return undefined;
    return panel({ icon: 'scan', title: texts.stage.noPreview, reason: texts.stage.noPreviewReason }, []);
  }
  if (state.status === 'opening') {
    return panel({ icon: 'loader-circle', title: texts.stage.opening, role: 'status' }, []);
  }
  if (state.status === 'failed') {
    const { title, next } = captureErrorParts(state.error.code, locale);
    return panel({ icon: 'camera-off', title, reason: next, code: state.error.code, tone: 'warning', role: 'alert' }, [
      {
        label: texts.states.retry,
        primary: true,
        widget: 'turn-on',
        leads: true,
        onClick: () => void model.devices.openPreferred(),
      },
      ...addFiles,
    ]);
  }
  return panel({ icon: 'camera', title: texts.states.off, reason: texts.states.offReason }, [
    {
      label: texts.states.on,
      primary: true,
      widget: 'turn-on',
      leads: true,
      onClick: () => void model.devices.openPreferred(),
    },
    ...addFiles,
  ]);
}
