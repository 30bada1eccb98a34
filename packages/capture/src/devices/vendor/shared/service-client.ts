import { untilAborted, throwIfAborted, type AnjuanError } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import { FunctionCalls } from './function-calls.js';
import { timing, type SocketServiceOptions } from './options.js';
import { openSocket, type SocketLink } from './socket-link.js';

/** What a text message of a service is. */
export type ServiceMessage<Reply, Push> =
  | { readonly kind: 'reply'; readonly key: string; readonly reply: Reply }
  | { readonly kind: 'push'; readonly push: Push }
  | { readonly kind: 'ignored' };

/** How one dialect is read. */
export interface Dialect<Reply, Push> {
  readonly url: string;
  /** Throws `device-protocol` for what the dialect does not allow; that ends the connection. */
  readonly read: (text: string) => ServiceMessage<Reply, Push>;
  /** What to say before leaving. */
  readonly farewell?: readonly string[];
  /** True where answers carry an id: a late answer is then harmless and the connection stays. Default false. */
  readonly numbered?: boolean;
}

/** One connection to a service. */
export class ServiceClient<Reply, Push> {
  readonly #calls: FunctionCalls<Reply>;
  readonly #timeoutMs: number;
  readonly #farewell: readonly string[];
  readonly #pushListeners = new Set<(push: Push) => void>();
  readonly #endListeners = new Set<(reason: AnjuanError) => void>();
  #link: SocketLink | undefined;
  #reason: AnjuanError | undefined;

  private constructor(options: SocketServiceOptions, dialect: Dialect<Reply, Push>) {
    const { clock, timeoutMs } = timing(options);
    this.#timeoutMs = timeoutMs;
    this.#farewell = dialect.farewell ?? [];
    this.#calls = new FunctionCalls<Reply>({
      clock,
      onStuck: (error) => {
        if (!dialect.numbered) this.#link?.close(error);
      },
    });
  }

  /** Connects. */
  static async connect<Reply, Push>(
    options: SocketServiceOptions,
    dialect: Dialect<Reply, Push>,
  ): Promise<ServiceClient<Reply, Push>> {
    const client = new ServiceClient<Reply, Push>(options, dialect);
    client.#link = await openSocket({
      ...options,
      ...timing(options),
      url: dialect.url,
      WebSocket: options.WebSocket,
      onMessage: (text) => client.#receive(dialect.read(text)),
      onEnd: (reason) => client.#ended(reason),
    });
    return client;
  }

  /** Sends the text and waits for the answer of that key. */
  call(
    key: string,
    text: string,
    options: { signal?: AbortSignal | undefined; timeoutMs?: number } = {},
  ): Promise<Reply> {
    if (this.#reason) return Promise.reject(this.#reason);
    const { signal, timeoutMs = this.#timeoutMs } = options;
    return this.#calls.call(key, () => this.#link?.send(text), { signal, timeoutMs });
  }

  /** Sends without waiting; nothing happens when the connection is gone. */
  tell(text: string): void {
    if (!this.#reason) this.#link?.send(text);
  }

  /** Calls back for what the service sends by itself. */
  onPush(listener: (push: Push) => void): () => void {
    this.#pushListeners.add(listener);
    return () => this.#pushListeners.delete(listener);
  }

  /** Calls back when the service ended the connection; at once when it has. */
  onEnd(listener: (reason: AnjuanError) => void): () => void {
    if (this.#reason) listener(this.#reason);
    else this.#endListeners.add(listener);
    return () => this.#endListeners.delete(listener);
  }

  /** Says farewell and leaves. */
  close(): void {
    if (!this.#reason) for (const text of this.#farewell) this.#link?.send(text);
    this.#link?.close();
  }

  #receive(message: ServiceMessage<Reply, Push>): void {
    if (message.kind === 'reply') this.#calls.answer(message.key, message.reply);
    if (message.kind === 'push') for (const listener of [...this.#pushListeners]) listener(message.push);
  }

  #ended(given: AnjuanError | undefined): void {
    const reason = given ?? captureError('device-lost', { details: { closed: true } });
    this.#reason = reason;
    this.#calls.fail(reason);
    const listeners = [...this.#endListeners];
    this.#endListeners.clear();
    for (const listener of listeners) listener(reason);
  }
}

/** A client that somebody uses. */
export interface ClientLease<Reply, Push> {
  readonly client: ServiceClient<Reply, Push>;
  /** Call it once; the last one closes the connection. */
  readonly release: () => void;
}

/** One connection for all who use a service at the same time; a lost one is replaced at the next use. */
export class SharedClient<Reply, Push> {
  readonly #connect: () => Promise<ServiceClient<Reply, Push>>;
  #current:
    | { readonly client: Promise<ServiceClient<Reply, Push>>; open?: ServiceClient<Reply, Push>; users: number }
    | undefined;

  constructor(connect: () => Promise<ServiceClient<Reply, Push>>) {
    this.#connect = connect;
  }

  async use(signal?: AbortSignal): Promise<ClientLease<Reply, Push>> {
    throwIfAborted(signal);
    const entry = (this.#current ??= { client: this.#connect(), users: 0 });
    entry.users += 1;
    const forget = (): void => {
      if (this.#current === entry) this.#current = undefined;
    };
    const release = (): void => {
      entry.users -= 1;
      if (entry.users > 0) return;
      forget();
      if (entry.open) entry.open.close();
      else entry.client.then((client) => client.close()).catch(() => undefined);
    };
    try {
      const client = signal ? await untilAborted(entry.client, signal) : await entry.client;
      if (!entry.open) client.onEnd(forget);
      entry.open = client;
      return { client, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Uses the connection for the time of the work. */
  async during<T>(
    signal: AbortSignal | undefined,
    work: (client: ServiceClient<Reply, Push>) => Promise<T>,
  ): Promise<T> {
    const { client, release } = await this.use(signal);
    try {
      return await work(client);
    } finally {
      release();
    }
  }
}
