import type { LocalPadSocket } from '../tablets/local-pad/local-pad-ink-source.js';
import {
  LOCAL_PAD_PROTOCOL,
  type LocalPadMessage,
  type LocalPadPoint,
} from '../tablets/local-pad/local-pad-contract.js';

/** How the simulated service behaves. */
export interface LocalPadSimulatorOptions {
  /** Default `up`. `missing`: nobody listens; `forbidden`: the browser refuses the address; `silent`: connects, never answers. */
  readonly service?: 'up' | 'missing' | 'forbidden' | 'silent';
  /** An error in place of `ready`. */
  readonly trouble?: 'no-pad' | 'busy' | 'unsupported';
  /** Default `anjuan-pad/1`. */
  readonly protocol?: string;
}

/** A service for a pad, speaking the contract over sockets that exist only in memory. */
export class LocalPadSimulator {
  /** What the page has sent, by type. */
  readonly heard: string[] = [];
  readonly #options: LocalPadSimulatorOptions;
  #socket: SimulatedSocket | undefined;
  #seq = 0;

  constructor(options: LocalPadSimulatorOptions = {}) {
    this.#options = options;
  }

  /** Give it to `localPadInkSource` as `webSocket`. */
  readonly webSocket = (_url: string): LocalPadSocket => {
    const { service = 'up' } = this.#options;
    if (service === 'forbidden') throw new DOMException('Insecure WebSocket.', 'SecurityError');
    const socket = new SimulatedSocket((text) => this.#answer(JSON.parse(text) as { readonly type: string }));
    this.#socket = socket;
    this.#seq = 0;
    queueMicrotask(() => (service === 'missing' ? socket.fail() : socket.dispatchEvent(new Event('open'))));
    return socket;
  };

  /** True while the page keeps its connection. */
  get connected(): boolean {
    return this.#socket?.closed === false;
  }

  /** The pen writes a piece of a stroke. */
  write(points: readonly LocalPadPoint[]): void {
    this.send({ type: 'samples', seq: this.#seq, points });
    this.#seq += 1;
  }

  /** A message with samples gets lost between service and page. */
  lose(): void {
    this.#seq += 1;
  }

  up(): void {
    this.send({ type: 'up' });
  }

  press(key: 'confirm' | 'clear' | 'cancel'): void {
    this.send({ type: 'key', key });
  }

  send(message: LocalPadMessage): void {
    this.raw(JSON.stringify(message));
  }

  /** Any frame, also one that no service should send. */
  raw(data: unknown): void {
    this.#socket?.dispatchEvent(Object.assign(new Event('message'), { data }));
  }

  /** The service is stopped or dies. */
  stop(): void {
    this.#socket?.fail();
  }

  #answer({ type }: { readonly type: string }): void {
    this.heard.push(type);
    const { service = 'up', trouble, protocol = LOCAL_PAD_PROTOCOL } = this.#options;
    if (service === 'silent') return;
    if (type === 'hello' && trouble) this.send({ type: 'error', code: trouble });
    else if (type === 'hello') {
      this.send({
        ...{ type: 'ready', protocol, model: 'PAD-9900', serial: '9900000001' },
        ...{ widthMm: 120, heightMm: 60, rateHz: 150, maxPressure: 1023 },
      });
    } else if (type === 'start') this.send({ type: 'started' });
    else if (type === 'clear') this.send({ type: 'cleared' });
  }
}

class SimulatedSocket extends EventTarget implements LocalPadSocket {
  closed = false;
  readonly #onSend: (text: string) => void;

  constructor(onSend: (text: string) => void) {
    super();
    this.#onSend = onSend;
  }

  send(text: string): void {
    if (!this.closed) queueMicrotask(() => this.#onSend(text));
  }

  close(): void {
    this.closed = true;
  }

  fail(): void {
    this.closed = true;
    this.dispatchEvent(new Event('error'));
    this.dispatchEvent(new Event('close'));
  }
}
