import type { TemplateResult } from 'lit';
import type { SessionState } from '../../session/session-state.js';
import { number, type ViewProps } from '../view-props.js';
import { panel } from './answer-panel.js';

/** From the press of submit to the archive's receipt. */
export function finishPanel(
  props: ViewProps,
  state: Extract<SessionState, { readonly status: 'finishing' | 'submitted' }>,
): TemplateResult {
  const { model, texts } = props;
  if (state.status === 'submitted') {
    const documents = number(props, state.receipt.documents.length);
    return panel(
      {
        icon: 'circle-check',
        title: texts.submit.doneTitle(documents, number(props, state.pageCount)),
        reason: texts.submit.doneReason,
        role: 'status',
      },
      [{ label: texts.submit.next, primary: true, widget: 'next-batch', onClick: () => void model.batch.startNext() }],
    );
  }
  const { step, done, total } = state.progress;
  if (step === 'assembling') {
    const waiting = (model.session?.pendingPages ?? 0) > 0;
    const title = waiting
      ? texts.submit.preparing
      : texts.submit.assembling(number(props, done + 1 > total ? total : done + 1), number(props, total));
    return panel({ icon: 'loader-circle', title, role: 'status' }, []);
  }
  return panel(
    { icon: 'cloud-upload', title: texts.submit.sending, reason: texts.submit.sendingReason, role: 'status' },
    [{ label: texts.submit.later, widget: 'later', onClick: () => void model.batch.startNext() }],
  );
}
