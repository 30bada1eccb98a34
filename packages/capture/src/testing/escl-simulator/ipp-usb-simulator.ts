import { ascii, ByteQueue, latin1 } from '../../devices/usb/byte-queue.js';
import type { UsbAlternate } from '../../devices/usb/usb-types.js';
import { FakeUsbHardware, type FakeUsbFirmware } from '../usb-simulator/fake-usb-hardware.js';
import type { SimulatedAnswer } from '../vendor-simulators/http-simulator.js';
import { EsclSimulator } from './escl-simulator.js';

/** OUT and IN endpoint of each interface. */
const PIPES = [
  { out: 1, in: 2 },
  { out: 3, in: 4 },
] as const;

/** A USB printer with two IPP-over-USB interfaces and an eSCL scanner behind them. */
export class IppUsbSimulator extends FakeUsbHardware implements FakeUsbFirmware {
  readonly escl = new EsclSimulator();
  /** How bodies end. */
  framing: 'content-length' | 'chunked' = 'content-length';
  /** Zero-length packets before each answer, as devices send while they think. */
  emptyPackets = 0;
  /** Raw bytes sent in place of the next answers. */
  readonly wrongBytes: Uint8Array[] = [];
  /** The device vanishes after as many bytes of the next long answer. */
  vanish: (() => void) | undefined;
  /** Hosts that were asked for. */
  readonly hosts: string[] = [];
  readonly #input = new Map<number, ByteQueue>();

  constructor() {
    super({
      vendorId: 0x03f0,
      productId: 0x1001,
      manufacturerName: 'Simulated',
      productName: 'Simulated USB MFP',
      serialNumber: 'SIM1',
      configurations: [
        {
          configurationValue: 1,
          interfaces: PIPES.map((_, interfaceNumber) => ({ interfaceNumber, alternates: alternates(interfaceNumber) })),
        },
      ],
    });
    this.firmware = this;
  }

  out(endpointNumber: number, bytes: Uint8Array): void {
    const pipes = PIPES.find((each) => each.out === endpointNumber);
    if (!pipes) return;
    const queue = this.#input.get(endpointNumber) ?? new ByteQueue();
    this.#input.set(endpointNumber, queue);
    queue.push(bytes);
    void this.#answer(queue, pipes.in);
  }

  reset(interfaceNumber: number): void {
    const pipes = PIPES[interfaceNumber];
    if (pipes) this.#input.delete(pipes.out);
  }

  async #answer(queue: ByteQueue, endpoint: number): Promise<void> {
    const end = queue.indexOf(ascii('\r\n\r\n'));
    if (end < 0) return;
    const head = latin1(queue.peek(end));
    const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
    if (queue.length < end + 4 + length) return;
    queue.skip(end + 4);
    const body = latin1(queue.take(length));
    const [, method = '', path = ''] = /^(\S+) (\S+) HTTP\/1\.1\r\n/.exec(head) ?? [];
    this.hosts.push(/^host: (.*)$/im.exec(head)?.[1] ?? '');
    const answer = this.escl.handle({ method, path, body });
    const wrong = this.wrongBytes.shift();
    if (wrong) {
      this.send(endpoint, wrong);
      return;
    }
    if (answer === 'never') return;
    for (let packet = 0; packet < this.emptyPackets; packet += 1) this.send(endpoint, new Uint8Array(0));
    const bytes = await this.#bytes(answer);
    if (this.vanish && answer.headers['content-type'] === 'image/jpeg') {
      this.send(endpoint, bytes.slice(0, bytes.length >> 1));
      this.vanish();
      return;
    }
    this.send(endpoint, bytes);
  }

  async #bytes(answer: Exclude<SimulatedAnswer, 'never'>): Promise<Uint8Array> {
    const content = new Uint8Array(await new Response(answer.body).arrayBuffer());
    const headers = Object.entries(answer.headers).filter(([name]) => name !== 'content-length');
    const chunked = this.framing === 'chunked';
    const lines = [
      `HTTP/1.1 ${answer.status} Simulated`,
      ...headers.map(([name, value]) => `${name}: ${value}`),
      chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${content.length}`,
    ];
    const parts = [ascii(`${lines.join('\r\n')}\r\n\r\n`)];
    if (chunked) {
      for (let at = 0; at < content.length; at += 50) {
        const piece = content.slice(at, at + 50);
        parts.push(ascii(`${piece.length.toString(16)}\r\n`), piece, ascii('\r\n'));
      }
      parts.push(ascii('0\r\n\r\n'));
    } else {
      parts.push(content);
    }
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }
}

/** An older printing protocol in setting 0, this one in setting 1. */
function alternates(interfaceNumber: number): readonly UsbAlternate[] {
  const pipes = PIPES[interfaceNumber] ?? PIPES[0];
  const endpoints = [
    { endpointNumber: pipes.out, direction: 'out', type: 'bulk', packetSize: 512 },
    { endpointNumber: pipes.in, direction: 'in', type: 'bulk', packetSize: 512 },
  ] as const;
  const printer = { interfaceClass: 7, interfaceSubclass: 1, endpoints };
  return [
    { ...printer, alternateSetting: 0, interfaceProtocol: 2 },
    { ...printer, alternateSetting: 1, interfaceProtocol: 4 },
  ];
}
