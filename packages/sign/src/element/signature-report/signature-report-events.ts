import { AnjuanEvent } from '@anjuan/core/element';

/** Intent: show the place of a signature, for example in the viewer. */
export class AnjuanRequestLocateSignatureEvent extends AnjuanEvent<{
  /** Order in the file, as in the report. */
  readonly index: number;
  /** In the document, from 1. */
  readonly pageNumber: number;
}> {
  static readonly type = 'anjuan-request-locate-signature';
  constructor(detail: AnjuanRequestLocateSignatureEvent['detail']) {
    super(AnjuanRequestLocateSignatureEvent.type, detail, { cancelable: true });
  }
}

/** Intent: show the document as it was when this signature was made: its first `signedLengthBytes` bytes. */
export class AnjuanRequestSignedRevisionEvent extends AnjuanEvent<{
  /** Order in the file, as in the report. */
  readonly index: number;
  readonly signedLengthBytes: number;
}> {
  static readonly type = 'anjuan-request-signed-revision';
  constructor(detail: AnjuanRequestSignedRevisionEvent['detail']) {
    super(AnjuanRequestSignedRevisionEvent.type, detail, { cancelable: true });
  }
}

/** Intent: check the document again. */
export class AnjuanRequestVerifyEvent extends AnjuanEvent<Record<string, never>> {
  static readonly type = 'anjuan-request-verify';
  constructor() {
    super(AnjuanRequestVerifyEvent.type, {}, { cancelable: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'anjuan-request-locate-signature': AnjuanRequestLocateSignatureEvent;
    'anjuan-request-signed-revision': AnjuanRequestSignedRevisionEvent;
    'anjuan-request-verify': AnjuanRequestVerifyEvent;
  }
}
