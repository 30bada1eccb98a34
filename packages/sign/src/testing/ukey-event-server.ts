import type { UkeySocket } from '../signers/ukey/ukey-events.js';

/** The WebSocket of a simulated key service. */
export class UkeyEventServer {
  readonly #service: { readonly running: boolean };
  readonly #sockets = new Set<SimulatedSocket>();
  /** `WebSocket` that ends here. */
  readonly WebSocket: new (url: string) => UkeySocket;

  constructor(service: { readonly running: boolean }) {
    this.#service = service;
    const accept = (socket: SimulatedSocket): void => this.#accept(socket);
    const leave = (socket: SimulatedSocket): void => void this.#sockets.delete(socket);
    this.WebSocket = class extends SimulatedSocket {
      constructor() {
        super(leave);
        queueMicrotask(() => accept(this));
      }
    };
  }

  /** Connections that are open. */
  get connections(): number {
    return this.#sockets.size;
  }

  broadcast(message: object): void {
    this.sendText(JSON.stringify(message));
  }

  /** Sends to every connection, however wrong it is. */
  sendText(text: string): void {
    for (const socket of this.#sockets) socket.dispatchEvent(new MessageEvent('message', { data: text }));
  }

  /** The service ends all connections. */
  drop(): void {
    for (const socket of [...this.#sockets]) {
      this.#sockets.delete(socket);
      socket.dispatchEvent(new Event('close'));
    }
  }

  #accept(socket: SimulatedSocket): void {
    if (socket.closed) return;
    if (this.#service.running) {
      this.#sockets.add(socket);
      socket.dispatchEvent(new Event('open'));
    } else {
      socket.dispatchEvent(new Event('error'));
      socket.dispatchEvent(new Event('close'));
    }
  }
}

class SimulatedSocket extends EventTarget implements UkeySocket {
  closed = false;
  readonly #leave: (socket: SimulatedSocket) => void;

  constructor(leave: (socket: SimulatedSocket) => void) {
    super();
    this.#leave = leave;
  }

  close(): void {
    this.closed = true;
    this.#leave(this);
  }
}
