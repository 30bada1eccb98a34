import { AnjuanError, onAbort, Scope, type Clock } from '@anjuan/core';
import { signError } from '../../errors/sign-codes.js';
import type { InkDevice, InkEvent, InkSample, InkSession } from '../../ink/ink.js';
import {
  LOCAL_PAD_PROTOCOL,
  type LocalPadMessage,
  type LocalPadPoint,
  type LocalPadRequest,
} from './local-pad-contract.js';
import type { LocalPadSocket } from './local-pad-ink-source.js';
import { readLocalPadMessage } from './read-message.js';

type Ready = Extract<LocalPadMessage, { readonly type: 'ready' }>;

interface Waiting {
  readonly type: LocalPadMessage['type'];
  readonly resolve: (message: LocalPadMessage) => void;
  readonly reject: (error: AnjuanError) => void;
}

const failures = {
  'no-pad': 'pad-not-found',
  busy: 'pad-busy',
  lost: 'pad-lost',
  unsupported: 'pad-unsupported',
} as const;

/** What a session is made of. */
export interface LocalPadSessionParts {
  readonly socket: LocalPadSocket;
  readonly onEvent: (event: InkEvent) => void;
  readonly onGap: (missingMessages: number) => void;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** One session with the service. */
export class LocalPadSession implements InkSession {
  readonly #parts: LocalPadSessionParts;
  readonly #scope = new Scope();
  #state: 'connecting' | 'asking' | 'started' | 'ended' = 'connecting';
  #ready: Ready | undefined;
  #waiting: Waiting | undefined;
  #down = false;
  #seq = 0;
  #firstUs: number | undefined;
  #t = 0;

  constructor(parts: LocalPadSessionParts) {
    this.#parts = parts;
  }

  get device(): InkDevice {
    const { model, serial, rateHz, maxPressure } = this.#ready ?? {};
    return {
      kind: 'service',
      ...(model !== undefined && { model }),
      ...(serial !== undefined && { serial }),
      ...(rateHz !== undefined && { rateHz }),
      ...(maxPressure !== undefined && { maxPressure }),
    };
  }

  get width(): number {
    return Math.round((this.#ready?.widthMm ?? 0) * 100);
  }

  get height(): number {
    return Math.round((this.#ready?.heightMm ?? 0) * 100);
  }

  /** Says hello and starts writing. */
  async start(): Promise<void> {
    const { socket, signal } = this.#parts;
    this.#scope.defer(onAbort(signal, () => void this.close()));
    const opened = new Promise<void>((resolve) => {
      this.#scope.listen(socket, 'open', () => resolve());
    });
    this.#scope.listen(socket, 'message', (event) => this.#hear((event as MessageEvent<unknown>).data));
    this.#scope.listen(socket, 'close', () => this.#end('pad-lost'));
    this.#scope.listen(socket, 'error', () => this.#end('pad-lost'));
    const answer = this.#await('ready');
    void opened.then(() => {
      if (this.#state !== 'connecting') return;
      this.#state = 'asking';
      this.#say({ type: 'hello', protocol: LOCAL_PAD_PROTOCOL });
    });
    const ready = (await answer.catch((error: unknown) => this.#unreachable(error))) as Ready;
    if (ready.protocol !== LOCAL_PAD_PROTOCOL) {
      throw signError('pad-unsupported', { details: { reason: 'protocol-version' } });
    }
    this.#ready = ready;
    const started = this.#await('started');
    this.#say({ type: 'start' });
    await started;
    this.#state = 'started';
  }

  async clear(): Promise<void> {
    if (this.#state !== 'started') throw signError('pad-lost');
    const cleared = this.#await('cleared');
    this.#say({ type: 'clear' });
    await cleared;
  }

  async close(): Promise<void> {
    if (this.#state === 'ended') return;
    this.#say({ type: 'stop' });
    if (this.#state === 'started') this.#state = 'asking';
    this.#finish(signError('pad-lost'));
  }

  /** A connection that never came about: the service is not there, or the browser does not let the page call it. */
  async #unreachable(error: unknown): Promise<never> {
    if (!(error instanceof AnjuanError) || error.code !== 'pad-service-missing') throw error;
    const name = 'local-network-access' as PermissionName;
    const permission = await globalThis.navigator?.permissions?.query({ name }).catch(() => undefined);
    const reason = permission?.state === 'denied' ? 'blocked' : 'not-reachable';
    throw signError('pad-service-missing', { details: { reason } });
  }

  #await(type: LocalPadMessage['type']): Promise<LocalPadMessage> {
    const { clock, timeoutMs } = this.#parts;
    this.#waiting?.reject(signError('pad-protocol', { details: { reason: 'overtaken' } }));
    return new Promise<LocalPadMessage>((resolve, reject) => {
      const release = this.#scope.defer(
        clock.after(timeoutMs, () => {
          if (this.#state === 'connecting') reject(signError('pad-service-missing'));
          else reject(signError('pad-protocol', { details: { reason: 'silent' } }));
        }),
      );
      const settle = (): void => {
        release();
        this.#waiting = undefined;
      };
      this.#waiting = {
        type,
        resolve: (message) => (settle(), resolve(message)),
        reject: (error) => (settle(), reject(error)),
      };
    });
  }

  #say(message: LocalPadRequest): void {
    try {
      this.#parts.socket.send(JSON.stringify(message));
    } catch {
      // A socket that is closing says so by its own event.
    }
  }

  #hear(data: unknown): void {
    try {
      const message = readLocalPadMessage(data);
      if (!message) return;
      if (message.type === 'error') return this.#end(failures[message.code]);
      if (message.type === this.#waiting?.type) return this.#waiting.resolve(message);
      this.#write(message);
    } catch (error) {
      this.#finish(error instanceof AnjuanError ? error : signError('pad-protocol', { cause: error }));
    }
  }

  #write(message: LocalPadMessage): void {
    const { onEvent, onGap } = this.#parts;
    if (message.type === 'samples') {
      if (message.seq > this.#seq) onGap(message.seq - this.#seq);
      if (message.seq < this.#seq || message.points.length === 0) return;
      this.#seq = message.seq + 1;
      const samples = message.points.map((point) => this.#sample(point));
      onEvent({ type: this.#down ? 'move' : 'down', samples });
      this.#down = true;
    } else if (message.type === 'up') this.#up();
    else if (message.type === 'key') {
      this.#up();
      onEvent({ type: message.key });
    }
  }

  #sample([x, y, t, force, tiltX, tiltY]: LocalPadPoint): InkSample {
    this.#firstUs ??= t;
    this.#t = Math.max(this.#t, Math.round(t - this.#firstUs));
    return {
      x: Math.min(this.width, Math.round(x)),
      y: Math.min(this.height, Math.round(y)),
      t: this.#t,
      ...(typeof force === 'number' && { f: Math.round(force) }),
      ...(tiltX !== undefined && { tx: Math.round(tiltX) }),
      ...(tiltY !== undefined && { ty: Math.round(tiltY) }),
    };
  }

  #up(): void {
    if (this.#down) this.#parts.onEvent({ type: 'up' });
    this.#down = false;
  }

  #end(code: (typeof failures)[keyof typeof failures]): void {
    this.#finish(signError(this.#state === 'connecting' && code === 'pad-lost' ? 'pad-service-missing' : code));
  }

  /** The session is over. While writing, the host is told; before, the call that waits is. */
  #finish(error: AnjuanError): void {
    if (this.#state === 'ended') return;
    const writing = this.#state === 'started' && !this.#parts.signal.aborted;
    this.#state = 'ended';
    this.#waiting?.reject(error);
    this.#up();
    if (writing) this.#parts.onEvent({ type: 'lost' });
    this.#scope.dispose();
    this.#parts.socket.close();
  }
}
