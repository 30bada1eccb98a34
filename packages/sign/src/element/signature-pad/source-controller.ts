import { AnjuanError, type ErrorCode } from '@anjuan/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { InkEvent, InkSession, InkSource } from '../../ink/ink.js';

/** Where the tablet or service is with its work. */
export type SourceState =
  | { readonly status: 'none' }
  | { readonly status: 'connecting' }
  | { readonly status: 'ready'; readonly session: InkSession }
  | { readonly status: 'failed'; readonly code: ErrorCode };

/** Who listens to a source. */
export interface SourceListener {
  readonly onEvent: (event: InkEvent, session: InkSession) => void;
  readonly onState: (state: SourceState) => void;
}

/** Keeps a session with a tablet or service while the element is on the page. */
export class SourceController implements ReactiveController {
  readonly #listener: SourceListener;
  #source: InkSource | undefined;
  #run: AbortController | undefined;
  /** Settled when the device is given back: two sessions must not hold it at once. */
  #closing: Promise<void> = Promise.resolve();
  state: SourceState = { status: 'none' };

  constructor(host: ReactiveControllerHost, listener: SourceListener) {
    this.#listener = listener;
    host.addController(this);
  }

  get session(): InkSession | undefined {
    return this.state.status === 'ready' ? this.state.session : undefined;
  }

  hostConnected(): void {
    if (this.#source) void this.open();
  }

  hostDisconnected(): void {
    this.#stop({ status: 'none' });
  }

  /** Another source, or none. */
  use(source: InkSource | undefined): void {
    if (source === this.#source) return;
    this.#source = source;
    this.#stop({ status: 'none' });
    if (source) void this.open();
  }

  /** Opens a session, also again after a failure. Never rejects: failures are states. */
  async open(): Promise<void> {
    const source = this.#source;
    if (!source) return;
    this.#stop({ status: 'connecting' });
    const run = (this.#run = new AbortController());
    const { signal } = run;
    const early: InkEvent[] = [];
    let session: InkSession | undefined;
    const onEvent = (event: InkEvent): void => {
      if (signal.aborted) return;
      if (!session) early.push(event);
      else if (event.type === 'lost') this.#lose(session, 'pad-lost');
      else this.#listener.onEvent(event, session);
    };
    try {
      await this.#closing;
      if (signal.aborted) return;
      session = await source.open({ signal, onEvent });
    } catch (error) {
      const code = error instanceof AnjuanError ? error.code : 'unexpected';
      if (signal.aborted) return;
      this.#stop(code === 'aborted' ? { status: 'none' } : { status: 'failed', code });
      return;
    }
    if (signal.aborted) return this.#close(session);
    this.#set({ status: 'ready', session });
    // What was written before the session was known is not lost.
    for (const event of early) onEvent(event);
  }

  #lose(session: InkSession, code: ErrorCode): void {
    this.#listener.onEvent({ type: 'lost' }, session);
    this.#stop({ status: 'failed', code });
  }

  #stop(next: SourceState): void {
    const { session } = this;
    this.#run?.abort();
    this.#run = undefined;
    if (session) this.#close(session);
    if (this.state.status !== next.status || next.status === 'failed') this.#set(next);
  }

  #set(state: SourceState): void {
    this.state = state;
    this.#listener.onState(state);
  }

  /** A device that is gone already cannot be given back, which is no failure. */
  #close(session: InkSession): void {
    const before = this.#closing;
    this.#closing = session.close().then(
      () => before,
      () => before,
    );
  }
}
