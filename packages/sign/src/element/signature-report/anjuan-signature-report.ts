import type { ErrorCode } from '@anjuan/core';
import { AnjuanElement, baseStyles } from '@anjuan/core/element';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SignatureReport, ValidationReport } from '../../verify/report.js';
import { signatureReportStyles } from './anjuan-signature-report.styles.js';
import { signatureReportMessages } from './locales/signature-report.js';
import { reportView } from './report-view.js';
import {
  AnjuanRequestLocateSignatureEvent,
  AnjuanRequestSignedRevisionEvent,
  AnjuanRequestVerifyEvent,
} from './signature-report-events.js';

/** The browser has read the address long before this; then the bytes are given back. */
const KEEP_URL_MS = 60_000;

/**
 * Shows what was found out about the signatures of a document: the verdict as a sentence first, then each signature with
 * its checks, changes after signing and certificates. Give it a report of `verifyPdf` or of a signing desk.
 *
 * @tag anjuan-signature-report
 *
 * @attr checking - A check is under way.
 *
 * @fires {AnjuanRequestLocateSignatureEvent} anjuan-request-locate-signature - Intent: show the place of a signature.
 * @fires {AnjuanRequestSignedRevisionEvent} anjuan-request-signed-revision - Intent: show what was signed.
 * @fires {AnjuanRequestVerifyEvent} anjuan-request-verify - Intent: check again after a failure.
 *
 * @csspart verdict - The verdict over the whole file.
 * @csspart signature - One signature.
 * @csspart download - The button that saves the report.
 * @csspart state - Panel while checking, without a report, or after a failure.
 *
 * @a11y Every tone has an icon and a word beside it; the verdict is a live region.
 * @privacy Names of certificates are in the shadow tree only: never in attributes, events or logs.
 */
export class AnjuanSignatureReport extends AnjuanElement {
  static override readonly tag = 'anjuan-signature-report';
  static override styles = [baseStyles, signatureReportStyles];

  /** The report to show. */
  @property({ attribute: false }) report: ValidationReport | undefined;
  /** Why there is no report: code of the error. */
  @property({ attribute: false }) failure: ErrorCode | undefined;
  /** A check is under way. */
  @property({ type: Boolean, reflect: true }) checking = false;

  protected override render(): TemplateResult {
    return reportView({
      texts: this.texts(signatureReportMessages),
      locale: this.locale,
      report: this.report,
      failure: this.failure,
      checking: this.checking,
      onRetry: () => this.#ask(new AnjuanRequestVerifyEvent()),
      onDownload: () => this.#download(),
      onLocate: ({ index, pageNumber }: SignatureReport) => {
        if (pageNumber !== undefined) this.#ask(new AnjuanRequestLocateSignatureEvent({ index, pageNumber }));
      },
      onShowSigned: ({ index, signedLengthBytes }: SignatureReport) =>
        this.#ask(new AnjuanRequestSignedRevisionEvent({ index, signedLengthBytes })),
    });
  }

  #ask(intent: Event): void {
    this.dispatchEvent(intent);
  }

  /** Named by the digest of the file, never by a person. */
  #download(): void {
    const { report } = this;
    if (!report) return;
    const blob = new Blob([JSON.stringify(report, null, 2)], { type: 'application/json' });
    const { url, release } = this.scope.objectUrl(blob);
    this.scope.timeout(release, KEEP_URL_MS);
    const link = document.createElement('a');
    link.href = url;
    link.download = `signature-report-${report.sha256.slice(0, 12)}.json`;
    link.click();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'anjuan-signature-report': AnjuanSignatureReport;
  }
}
