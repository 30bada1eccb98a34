/** A service that answers requests, and can be stopped or fall silent. */
export interface ServiceSimulator {
  /** False: nothing listens at the address. */
  readonly running: boolean;
  /** Takes requests and never answers. */
  readonly silent: boolean;
  handle(request: Request): Promise<Response>;
}

/** `fetch` that ends at the simulator. */
export function simulatorFetch(simulator: ServiceSimulator): typeof fetch {
  return async (input, init) => {
    const { signal } = init ?? {};
    if (signal?.aborted) throw aborted();
    if (!simulator.running) throw new TypeError('Failed to fetch');
    const ended = new Promise<never>((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(aborted()), { once: true });
    });
    if (simulator.silent) return ended;
    const { signal: _signal, ...rest } = init ?? {};
    return Promise.race([simulator.handle(new Request(input, rest)), ended]);
  };
}

const aborted = (): DOMException => new DOMException('Simulated', 'AbortError');

/** An answer in JSON. */
export const jsonResponse = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } });

/** Base64 of the services. */
export const base64 = {
  of: (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')),
  bytes: (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)),
};

/** A key with its certificates, as a test PKI gives them. */
export interface SimulatedKey {
  /** PKCS#8, DER. */
  readonly privateKey: Uint8Array;
  /** DER. */
  readonly certificate: Uint8Array;
  /** DER, nearest first. */
  readonly chain: readonly Uint8Array[];
}
