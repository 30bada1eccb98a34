import { AnjuanEvent } from '@anjuan/core/element';

/** Intent, cancelable: the reader wants to know about the signatures of a document. Show the report; nothing happens by itself. */
export class AnjuanRequestSignaturesEvent extends AnjuanEvent<{
  readonly documentId: string;
  readonly versionId: string;
}> {
  static readonly type = 'anjuan-request-signatures';
  constructor(detail: AnjuanRequestSignaturesEvent['detail']) {
    super(AnjuanRequestSignaturesEvent.type, detail, { cancelable: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'anjuan-request-signatures': AnjuanRequestSignaturesEvent;
  }
}
