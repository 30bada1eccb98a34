import { AnjuanEvent } from '@anjuan/core/element';

/** Fact: a search over the text of the open record is complete. What was searched for stays with the reader. */
export class AnjuanSearchCompletedEvent extends AnjuanEvent<{
  readonly recordId: string;
  /** All hits, also those that are not listed. */
  readonly hitCount: number;
}> {
  static readonly type = 'anjuan-search-completed';
  constructor(detail: AnjuanSearchCompletedEvent['detail']) {
    super(AnjuanSearchCompletedEvent.type, detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'anjuan-search-completed': AnjuanSearchCompletedEvent;
  }
}
