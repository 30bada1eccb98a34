import { ManualClock } from '@anjuan/core/testing';
import type { AnjuanError } from '@anjuan/core';
import { MemoryOutbox } from '../../element/testing/memory-outbox.js';
import { MemoryStore } from '../../element/testing/memory-store.js';
import { StubPipeline } from '../../element/testing/stub-pipeline.js';
import { CaptureSession } from '../capture-session.js';
import type { CaptureMode } from '../modes.js';
import { modePreset } from '../modes.js';
import type { Aim } from '../page-intake.js';
import type { SessionFact } from '../session-ports.js';

/** A session on parts in memory, driven as an operator drives it. */
export class SessionHarness {
  readonly store: MemoryStore;
  readonly outbox: MemoryOutbox;
  readonly pipeline = new StubPipeline();
  readonly facts: SessionFact[] = [];
  readonly errors: AnjuanError[] = [];
  readonly session: CaptureSession;
  #count = 0;

  constructor(store: MemoryStore = new MemoryStore()) {
    this.store = store;
    this.outbox = new MemoryOutbox(this.store);
    this.session = new CaptureSession(
      {
        store: this.store,
        outbox: this.outbox,
        pipeline: async () => this.pipeline,
        composeSheet: async (sides) => {
          const [front] = sides;
          if (!front) throw new RangeError('No side.');
          const { image, thumbnail } = front;
          return { image, thumbnail, widthPt: 595, heightPt: 842, dpi: sides.length };
        },
        readSeparator: ([code]) =>
          code?.text.startsWith('TYPE ') ? { typeCode: code.text.slice('TYPE '.length) } : undefined,
        titleOfType: (code) => `type ${code}`,
        language: () => 'zh-CN',
        clock: new ManualClock(),
        tell: (fact) => this.facts.push(fact),
        report: (error) => this.errors.push(error),
        reportShown: (error) => this.errors.push(error),
      },
      () => undefined,
    );
  }

  /** One shot of a page that says `text`. */
  async shoot(
    text = `page ${(this.#count += 1)}`,
    mode: CaptureMode = 'document',
    aim: Aim = { kind: 'append' },
  ): Promise<string> {
    const bytes = new Blob([text], { type: 'image/jpeg' });
    const { colour } = modePreset(mode);
    const page = await this.session.take({ kind: 'bytes', bytes }, { mode, colour, aim });
    await this.session.settled();
    if (!page) throw new Error('No batch is open.');
    return page.pageId;
  }

  /** What each page of each document says. */
  async texts(): Promise<string[][]> {
    return Promise.all(
      this.session.tray.documents.map(({ pages }) =>
        Promise.all(pages.map(async ({ pageId }) => (await this.store.bytes(pageId, 'master'))?.text() ?? '')),
      ),
    );
  }
}
