import type { InkEvent, InkSession } from '../../ink/ink.js';
import type { PadController, PadHost } from './pad-controller.js';
import type { SourceListener, SourceState } from './source-controller.js';

/** What a signature pad or its service does to the sheet. */
export function sourceListener(pad: PadController, host: PadHost): SourceListener {
  return {
    onEvent: (event, session) => take(event, session, pad, host.off()),
    onState: (state) => tell(state, pad, host),
  };
}

function take(event: InkEvent, { device, width, height }: InkSession, pad: PadController, off: boolean): void {
  const { content } = pad;
  // An unplugged pad or a switched-off element ends the stroke; what was written stays.
  if (event.type === 'lost' || off) return content.end();
  switch (event.type) {
    case 'down':
      content.begin(device, { width, height });
      return content.extend(event.samples);
    case 'move':
      return content.extend(event.samples);
    case 'up':
      return content.end();
    case 'confirm':
      content.end();
      pad.confirm();
      return;
    case 'clear':
    case 'cancel':
      return pad.clear('device');
  }
}

function tell(state: SourceState, pad: PadController, host: PadHost): void {
  host.requestUpdate();
  if (state.status === 'failed') return pad.report(state.code);
  if (state.status !== 'ready') return;
  pad.content.recorder.restartClock();
  pad.live.say(host.texts().source.ready(state.session.device.model ?? ''));
}
