import type { SocketConstructor, SocketLike } from '../../devices/vendor/shared/socket-link.js';

/** The page's end of a connection as a simulator sees it. */
export interface SimulatedPeer {
  send(text: string): void;
  close(): void;
}

/** What a simulator does for one connection. */
export interface SimulatedConnection {
  receive(text: string): void;
  closed(): void;
}

/** A service that speaks WebSocket, without a network: keeps its connections and can die. */
export abstract class SocketSimulator {
  /** False: nothing listens at the address. */
  running = true;
  /** Takes everything and says nothing. */
  silent = false;
  /** All texts that came, oldest first. */
  readonly received: string[] = [];
  readonly #peers = new Map<SimulatedPeer, SimulatedConnection>();

  /** Connections that are open now. */
  get connections(): number {
    return this.#peers.size;
  }

  /** A page connects. */
  connect(peer: SimulatedPeer): SimulatedConnection {
    const connection = this.serve({
      send: (text) => {
        if (!this.silent) peer.send(text);
      },
      close: () => peer.close(),
    });
    const tracked: SimulatedConnection = {
      receive: (text) => {
        this.received.push(text);
        if (!this.silent) connection.receive(text);
      },
      closed: () => {
        this.#peers.delete(peer);
        connection.closed();
      },
    };
    this.#peers.set(peer, tracked);
    return tracked;
  }

  /** The service dies. */
  stop(): void {
    this.running = false;
    for (const peer of [...this.#peers.keys()]) peer.close();
  }

  /** Sends to every connection, however wrong it is. */
  broadcast(text: string): void {
    for (const peer of this.#peers.keys()) peer.send(text);
  }

  /** The protocol. */
  protected abstract serve(peer: SimulatedPeer): SimulatedConnection;
}

/** `WebSocket` that ends at the simulator. */
export function socketClassOf(simulator: SocketSimulator): SocketConstructor {
  return class SimulatedSocket implements SocketLike {
    readonly #listeners = new Map<string, Set<(event: { readonly data: unknown }) => void>>();
    #connection: SimulatedConnection | undefined;
    #state: 'connecting' | 'open' | 'closed' = 'connecting';

    constructor() {
      queueMicrotask(() => {
        if (this.#state === 'closed') return;
        if (!simulator.running) {
          this.#state = 'closed';
          this.#tell('error');
          this.#tell('close');
          return;
        }
        this.#connection = simulator.connect({
          send: (text) => queueMicrotask(() => this.#state === 'open' && this.#tell('message', text)),
          close: () => this.close(),
        });
        this.#state = 'open';
        this.#tell('open');
      });
    }

    send(data: string): void {
      if (this.#state !== 'open') throw new DOMException('Simulated', 'InvalidStateError');
      this.#connection?.receive(data);
    }

    close(): void {
      if (this.#state === 'closed') return;
      this.#state = 'closed';
      this.#connection?.closed();
      queueMicrotask(() => this.#tell('close'));
    }

    addEventListener(type: string, listener: (event: { readonly data: unknown }) => void): void {
      const listeners = this.#listeners.get(type) ?? new Set();
      this.#listeners.set(type, listeners);
      listeners.add(listener);
    }

    #tell(type: string, data?: unknown): void {
      for (const listener of this.#listeners.get(type) ?? []) listener({ data });
    }
  };
}
