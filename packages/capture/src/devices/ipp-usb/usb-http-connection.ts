import { AnjuanError, type Clock } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import { ascii } from '../usb/byte-queue.js';
import type { UsbFunction } from '../usb/usb-function.js';
import { UsbPipe } from '../usb/usb-pipe.js';
import type { UsbDevice } from '../usb/usb-types.js';
import { HttpResponseParser } from './http-parser.js';

/** One request. */
export interface UsbHttpRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** Zero-length packets in a row until a device counts as silent. */
const MAX_EMPTY_READS = 64;
/** Milliseconds between two reads of a device that gives nothing yet. @source IPP-over-USB 1.0, 4.2: devices answer with zero-length packets */
const EMPTY_READ_PAUSE_MS = 25;

/**
 * One HTTP connection over the bulk pipes of one interface. One request at a time; each answer is read to its end, because what
 * is left in the pipe would be taken for the next answer.
 * @source USB-IF IPP Protocol Specification 1.0
 */
export class UsbHttpConnection {
  readonly #device: UsbDevice;
  readonly #function: UsbFunction;
  readonly #pipe: UsbPipe;
  readonly #clock: Clock;
  #clean = true;

  constructor(device: UsbDevice, usbFunction: UsbFunction, clock: Clock) {
    this.#device = device;
    this.#function = usbFunction;
    this.#pipe = new UsbPipe(device);
    this.#clock = clock;
  }

  /** Sends and reads the whole answer. */
  async exchange(request: UsbHttpRequest): Promise<Response> {
    if (!this.#clean) await this.#reset();
    this.#clean = false;
    await this.#pipe.write(this.#function.bulkOut, requestBytes(request));
    const parser = new HttpResponseParser(request.method);
    const body: Uint8Array<ArrayBuffer>[] = [];
    for (let empty = 0; !parser.done;) {
      const bytes = await this.#pipe.read(this.#function.bulkIn);
      empty = bytes.length === 0 ? empty + 1 : 0;
      if (empty > MAX_EMPTY_READS) throw captureError('device-timeout', { details: { part: 'empty' } });
      if (empty > 0) await new Promise<void>((resolve) => this.#clock.after(EMPTY_READ_PAUSE_MS, resolve));
      parser.push(bytes);
      body.push(...parser.takeBody());
    }
    this.#clean = parser.surplusBytes === 0;
    const { status, headers } = parser.head ?? { status: 502, headers: new Map<string, string>() };
    const noBody = status === 204 || status === 205 || status === 304;
    try {
      return new Response(noBody ? null : new Blob(body), {
        status,
        headers: [...headers].filter(([name]) => !HOP.has(name)),
      });
    } catch (cause) {
      throw captureError('device-protocol', { cause, details: { part: 'http-response' } });
    }
  }

  /** Ends an exchange that nobody waits for any more, so that the pipes can be used again. */
  async abandon(): Promise<void> {
    await this.#reset().catch(() => undefined);
  }

  /** Selecting the setting again empties both pipes and starts a new connection. */
  async #reset(): Promise<void> {
    const { interfaceNumber, alternateSetting } = this.#function;
    try {
      await this.#device.selectAlternateInterface(interfaceNumber, alternateSetting);
    } catch (cause) {
      throw AnjuanError.is(cause) ? cause : captureError('device-lost', { cause });
    }
  }
}

/** Headers that speak about the connection, not about the answer. */
const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

function requestBytes({ method, path, headers, body }: UsbHttpRequest): Uint8Array<ArrayBuffer> {
  const content = body === undefined ? new Uint8Array(0) : new TextEncoder().encode(body);
  const lines = [
    `${method} ${path} HTTP/1.1`,
    // Printers refuse other hosts.
    'Host: localhost',
    'Connection: keep-alive',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined && method !== 'POST' ? [] : [`Content-Length: ${content.length}`]),
  ];
  if (lines.some((line) => /[\r\n]/.test(line)))
    throw captureError('device-protocol', { details: { part: 'http-request' } });
  const head = ascii(`${lines.join('\r\n')}\r\n\r\n`);
  const bytes = new Uint8Array(head.length + content.length);
  bytes.set(head);
  bytes.set(content, head.length);
  return bytes;
}
