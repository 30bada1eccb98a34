import type { IngestEvent } from '../ingest/progress.js';

/** Where lines go; a terminal gets a bar that redraws itself, anything else gets plain lines. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const BAR_WIDTH = 24;
/** Share of the work between two plain lines. */
const LINE_STEP = 0.1;

/** Prints a running ingest. Ids and counts only: no name, no title, no text of a record. */
export class ProgressPrinter {
  readonly #out: Output;
  #total = 0;
  #done = 0;
  #pages = 0;
  #nextLine = LINE_STEP;

  constructor(out: Output) {
    this.#out = out;
  }

  show(event: IngestEvent): void {
    switch (event.type) {
      case 'found':
        this.#total = event.documents;
        this.#line(`Found ${String(event.records)} records with ${String(event.documents)} documents.`);
        break;
      case 'document':
        this.#done += 1;
        this.#pages += event.pages;
        this.#advance();
        break;
      case 'broken':
        this.#line(`  ${event.documentId}: ${event.code}; kept with an error state`);
        break;
      case 'skipped':
        this.#line(`  ${event.place}: skipped, ${event.problems.join('; ')}`);
        break;
      case 'failed':
        this.#line(`  ${event.recordId}: not stored, ${event.code}: ${event.reason}`);
        break;
      case 'record':
        break;
    }
  }

  /** Ends the bar, so that the next line stands alone. */
  finish(): void {
    if (this.#out.isTTY === true && this.#total > 0) this.#out.write('\n');
  }

  #advance(): void {
    const share = this.#total === 0 ? 1 : this.#done / this.#total;
    const counts = `${String(this.#done)}/${String(this.#total)} documents, ${String(this.#pages)} pages`;
    if (this.#out.isTTY === true) {
      const full = Math.round(share * BAR_WIDTH);
      this.#out.write(`\r\u001b[K[${'#'.repeat(full)}${'-'.repeat(BAR_WIDTH - full)}] ${counts}`);
      return;
    }
    if (share < this.#nextLine) return;
    while (this.#nextLine <= share) this.#nextLine += LINE_STEP;
    this.#out.write(`${counts}\n`);
  }

  #line(text: string): void {
    this.#out.write(this.#out.isTTY === true ? `\r\u001b[K${text}\n` : `${text}\n`);
  }
}
