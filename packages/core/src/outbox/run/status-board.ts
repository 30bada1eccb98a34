import { AnjuanError } from '../../errors/anjuan-error.js';
import type { OutboxPhase, OutboxStatus } from '../types.js';
import { Listeners } from '../listeners.js';
import type { Channel } from '../store/store-events.js';
import type { BookTotals } from './book.js';
import { errorOf } from './error-of.js';
import type { PhaseReport } from './uploader.js';

/** What tabs tell each other. Codes and numbers only. */
type Message =
  | { readonly type: 'phase'; readonly phase: OutboxPhase; readonly nextTryInMs?: number; readonly code?: string }
  | { readonly type: 'ask' }
  | { readonly type: 'wake' };

const phases: readonly OutboxPhase[] = ['idle', 'uploading', 'offline', 'waiting', 'sign-in', 'refused'];
const nothing: BookTotals = { storedPages: 0, uploadedPages: 0, storedBytes: 0, uploadedBytes: 0 };

/** The status as this tab sees it: numbers from the store, the phase from whichever tab uploads. */
export class StatusBoard {
  readonly #channel: Channel | undefined;
  readonly #onWake: () => void;
  readonly #listeners = new Listeners<OutboxStatus>();
  readonly #hear = (message: Event): void => this.#receive((message as MessageEvent<unknown>).data);
  #leads = false;
  #report: PhaseReport = { phase: 'idle' };
  #totals = nothing;

  constructor(options: { readonly channel: Channel | undefined; readonly onWake: () => void }) {
    this.#channel = options.channel;
    this.#onWake = options.onWake;
    this.#channel?.addEventListener('message', this.#hear);
    this.#channel?.postMessage({ type: 'ask' } satisfies Message);
  }

  get status(): OutboxStatus {
    return { ...this.#report, ...this.#totals };
  }

  watch(listener: (status: OutboxStatus) => void): () => void {
    return this.#listeners.add(listener);
  }

  takeLead(): void {
    this.#leads = true;
  }

  /** The phase, told by the uploader of this tab. */
  lead(report: PhaseReport): void {
    if (same(report, this.#report)) return;
    this.#report = report;
    this.#tell();
    this.#publish();
  }

  count(totals: BookTotals): void {
    const changed = (Object.keys(totals) as (keyof BookTotals)[]).some((key) => totals[key] !== this.#totals[key]);
    this.#totals = totals;
    if (changed) this.#tell();
  }

  askToWake(): void {
    this.#channel?.postMessage({ type: 'wake' } satisfies Message);
  }

  close(): void {
    this.#listeners.clear();
    this.#channel?.removeEventListener('message', this.#hear);
    this.#channel?.close();
  }

  #publish(): void {
    const { phase, nextTryInMs, error } = this.#report;
    const message: Message = {
      type: 'phase',
      phase,
      ...(nextTryInMs !== undefined && { nextTryInMs }),
      ...(error && { code: error.code }),
    };
    this.#channel?.postMessage(message);
  }

  #receive(data: unknown): void {
    const message = (data ?? {}) as Partial<Message>;
    if (message.type === 'wake') this.#onWake();
    if (message.type === 'ask' && this.#leads) this.#publish();
    if (message.type !== 'phase' || this.#leads) return;
    const { phase, nextTryInMs, code } = message;
    if (!phases.some((known) => known === phase) || phase === undefined) return;
    this.#report = {
      phase,
      ...(typeof nextTryInMs === 'number' && { nextTryInMs }),
      ...(typeof code === 'string' && { error: errorOf(code) }),
    };
    this.#tell();
  }

  #tell(): void {
    this.#listeners.tell(this.status);
  }
}

function same(a: PhaseReport, b: PhaseReport): boolean {
  const codeOf = ({ error }: PhaseReport): string | undefined => (AnjuanError.is(error) ? error.code : undefined);
  return a.phase === b.phase && a.nextTryInMs === b.nextTryInMs && codeOf(a) === codeOf(b);
}
