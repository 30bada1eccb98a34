import {
  AnjuanError,
  throwIfAborted,
  type ArchiveClient,
  type DocumentEntry,
  type DocumentVerdict,
  type Scope,
} from '@anjuan/core';
import type { ValidationReport } from '../verify/report.js';

/** What is known about one version of a document. */
export interface VerifiedDocument {
  readonly documentId: string;
  readonly versionId: string;
  readonly report: ValidationReport;
  /** False: the archive's file is not the one that its index names. */
  readonly asIndexed: boolean;
}

/** How a record is checked. */
export interface RecordVerifierOptions {
  /** The viewer, or anything else that fires its events and shows verdicts. */
  readonly viewer: EventTarget & { verdicts: readonly DocumentVerdict[] };
  readonly client: () => ArchiveClient | undefined;
  /** Checks one file, for example by a `SigningDesk`. */
  readonly verify: (file: Blob, options: { readonly signal: AbortSignal }) => Promise<ValidationReport>;
  /** `shown` (default): what the reader comes to. `all`: every document that is said to be signed; downloads them all. */
  readonly check?: 'shown' | 'all';
  /** Listening ends with this scope. */
  readonly scope: Scope;
  /** Told once for each document, when its check is done. */
  readonly onVerified?: (verified: VerifiedDocument) => void;
  /** Told when a file could not be read or checked; its mark then stays as the source system says. */
  readonly onError?: (documentId: string, error: AnjuanError) => void;
}

/** Checks the signed documents of the open record. */
export interface RecordVerifier {
  /** The check of a document of the open record; starts at once when nobody looked yet. Errors: `document-not-found`, `network-*`, `pdf-*`, `aborted`. */
  report(documentId: string): Promise<VerifiedDocument>;
}

/**
 * Verdict for a badge: a file that is not the one the archive's index names is no valid document. Undefined for a file
 * without signatures inside: then all that is known is what its source system says.
 */
export function verdictOf({ documentId, versionId, report, asIndexed }: VerifiedDocument): DocumentVerdict | undefined {
  const signatureCount = report.signatures.length;
  if (signatureCount === 0 && asIndexed) return undefined;
  const test = report.signatures.some((signature) => signature.test);
  return { documentId, versionId, signatureCount, test, indication: asIndexed ? report.indication : 'TOTAL_FAILED' };
}

/**
 * Listens to a viewer: documents that are said to be signed are checked when the reader comes to them, one after the
 * other, the one being read first, and the viewer gets the verdicts. Nothing of a report leaves the page.
 */
export function watchSignatures(options: RecordVerifierOptions): RecordVerifier {
  const { viewer, scope } = options;
  let watched = new WatchedRecord(options);
  // A viewer tells the first document before the record is reported open.
  let shown: string | undefined;
  scope.defer(() => watched.stop());
  scope.listen(viewer, 'anjuan-record-opened', (event) => {
    watched.stop();
    viewer.verdicts = [];
    watched = new WatchedRecord(options);
    if (shown !== undefined) watched.prefer(shown);
    watched.open((event as CustomEvent<{ readonly recordId: string }>).detail.recordId);
  });
  scope.listen(viewer, 'anjuan-document-shown', (event) => {
    shown = (event as CustomEvent<{ readonly documentId: string }>).detail.documentId;
    watched.prefer(shown);
  });
  return { report: (documentId) => watched.report(documentId) };
}

/** The checks of one open record. */
class WatchedRecord {
  readonly #options: RecordVerifierOptions;
  readonly #controller = new AbortController();
  readonly #checks = new Map<string, Promise<VerifiedDocument>>();
  #documents: readonly DocumentEntry[] = [];
  #opening: Promise<void> | undefined;
  readonly #waiting = new Map<string, DocumentEntry>();
  #preferred: string | undefined;
  #busy = false;

  constructor(options: RecordVerifierOptions) {
    this.#options = options;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  stop(): void {
    this.#controller.abort();
  }

  /** The reader has come to a document. */
  prefer(documentId: string): void {
    this.#preferred = documentId;
    const document = this.#documents.find((entry) => entry.documentId === documentId);
    if (document && mayBeChecked(document)) this.#waiting.set(documentId, document);
    void this.#work();
  }

  /** Asks which documents the record has; questions about one of them wait for the answer. */
  open(recordId: string): void {
    const record = this.#options.client()?.records.open(recordId, { signal: this.signal, lane: 'background' });
    this.#opening = record?.then(({ documents }) => this.#begin(documents));
    this.#opening?.catch(() => undefined);
  }

  #begin(documents: readonly DocumentEntry[]): void {
    this.#documents = documents;
    const all = this.#options.check === 'all' ? documents.filter(mayBeChecked) : [];
    for (const document of all) this.#waiting.set(document.documentId, document);
    if (this.#preferred !== undefined) this.prefer(this.#preferred);
    else void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#waiting.size > 0 && !this.signal.aborted) {
      const next = this.#waiting.get(this.#preferred ?? '') ?? [...this.#waiting.values()][0];
      if (!next) break;
      this.#waiting.delete(next.documentId);
      await this.report(next.documentId).catch(() => undefined);
    }
    this.#busy = false;
  }

  report(documentId: string): Promise<VerifiedDocument> {
    const known = this.#checks.get(documentId);
    if (known) return known;
    const check = this.#check(documentId);
    this.#checks.set(documentId, check);
    // A failed check may be tried again.
    check.catch((error: unknown) => {
      this.#checks.delete(documentId);
      const failure = AnjuanError.from(error);
      if (failure.code !== 'aborted') this.#options.onError?.(documentId, failure);
    });
    return check;
  }

  async #check(documentId: string): Promise<VerifiedDocument> {
    const { client, verify, viewer, onVerified } = this.#options;
    await this.#opening;
    const document = this.#documents.find((entry) => entry.documentId === documentId);
    const archive = client();
    if (!document || !archive) throw new AnjuanError('document-not-found');
    const { signal } = this;
    const file = await archive.documents.bytes(document, { signal, lane: 'background' });
    const report = await verify(file, { signal });
    throwIfAborted(signal);
    const asIndexed = document.digest === undefined || document.digest === report.sha256;
    const verified = { documentId, versionId: document.versionId, report, asIndexed };
    const verdict = verdictOf(verified);
    if (verdict) viewer.verdicts = [...viewer.verdicts.filter((known) => known.documentId !== documentId), verdict];
    onVerified?.(verified);
    return verified;
  }
}

/** Signed PDFs that the user may read. */
function mayBeChecked({ signed, state, mime }: DocumentEntry): boolean {
  return signed === true && state !== 'locked' && mime === 'application/pdf';
}
