import { AnjuanEvent } from '@anjuan/core/element';

/** A person chose a record in the search box. The host opens it, for example by setting `record-id` of a viewer. */
export class AnjuanRecordChosenEvent extends AnjuanEvent<{ readonly recordId: string }> {
  static readonly type = 'anjuan-record-chosen';

  constructor(detail: { readonly recordId: string }) {
    super(AnjuanRecordChosenEvent.type, detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'anjuan-record-chosen': AnjuanRecordChosenEvent;
  }
}
