import type { AnjuanCapture } from '../anjuan-capture.js';
import { DESK_QUAD } from './drawn-pages.js';
import { MemoryOutbox } from './memory-outbox.js';
import { MemoryStore } from './memory-store.js';
import { RESTING, StubPipeline } from './stub-pipeline.js';
import { StubSource } from './stub-source.js';

/** The parts in memory behind one element. */
export class MemoryParts {
  readonly source = new StubSource();
  readonly pipeline = new StubPipeline();
  readonly store: MemoryStore;
  readonly outbox: MemoryOutbox;

  constructor(store = new MemoryStore()) {
    this.store = store;
    this.outbox = new MemoryOutbox(store);
    this.pipeline.frame = { ...RESTING, pages: [{ quad: DESK_QUAD, confidence: 0.9 }] };
  }

  /** Gives an element these parts. */
  into(element: AnjuanCapture): AnjuanCapture {
    element.store = this.store;
    element.outbox = this.outbox;
    element.sources = [this.source];
    element.openPipeline = async () => this.pipeline;
    return element;
  }
}
