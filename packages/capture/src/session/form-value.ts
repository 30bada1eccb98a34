import type { SubmissionReceipt } from '@anjuan/core/outbox';

/** What a form sends once the batch is archived: ids only. */
export interface CaptureFormValue {
  /** The batch id. */
  readonly value: string;
  /** JSON of the receipt: batch, record and the archived document ids. */
  readonly receipt: string;
}

export function formValue(receipt: SubmissionReceipt | undefined): CaptureFormValue | undefined {
  if (!receipt) return undefined;
  const { batchId, recordId } = receipt;
  const documents = receipt.documents.map(({ documentId, archivedId }) => ({ documentId, archivedId }));
  return { value: batchId, receipt: JSON.stringify({ batchId, recordId, documents }) };
}
