import { jsonAnswer, type HttpSimulator, type SimulatedAnswer, type SimulatedRequest } from './http-simulator.js';
import { toBase64 } from './tiny-jpeg.js';
import { SocketSimulator, type SimulatedConnection, type SimulatedPeer } from './socket-simulator.js';

/** The card as the Eloam service writes it. */
export const ELOAM_CARD = {
  name: '测试甲',
  sex: '女',
  sexCode: '2',
  nationCode: '01',
  birthday: '19700101',
  address: '模拟省测试市样例路1号',
  cardID: '990000197001010018',
  issueOrgan: '测试市公安局',
  validStart: '20150301',
  validEnd: '长期',
} as const;

/** The Joyusing service on port 1919: `{type:4}` reads a card. */
export class JoyusingSimulator extends SocketSimulator {
  card: Readonly<Record<string, string>> | undefined;
  /** Sent in place of the next answer. */
  nextCode: number | undefined;

  protected serve(peer: SimulatedPeer): SimulatedConnection {
    const receive = (text: string): void => {
      if ((JSON.parse(text) as { type?: number }).type !== 4) return;
      const code = this.nextCode ?? (this.card ? 0 : -2);
      this.nextCode = undefined;
      peer.send(JSON.stringify({ type: 4, ErrorCode: code, JsonData: code === 0 ? JSON.stringify(this.card) : '' }));
    };
    return { receive, closed: () => undefined };
  }
}

/** The card as the Joyusing service writes it. */
export const JOYUSING_CARD = {
  Name: '测试甲',
  Sex: '女',
  Nation: '汉',
  Born: '1970年01月01日',
  Address: '模拟省测试市样例路1号',
  IDCardNo: '990000197001010018',
  GrantDept: '测试市公安局',
  UserLifeBegin: '2015.03.01',
  UserLifeEnd: '长期',
} as const;

/** The Bauche service on port 9002: sends each card that is laid down, and again to those who connect while it lies there. */
export class BaucheSimulator extends SocketSimulator {
  #card: Readonly<Record<string, string>> | undefined;

  get card(): Readonly<Record<string, string>> | undefined {
    return this.#card;
  }

  set card(card: Readonly<Record<string, string>> | undefined) {
    this.#card = card;
    if (card && !this.silent) this.broadcast(JSON.stringify(card));
  }

  protected serve(peer: SimulatedPeer): SimulatedConnection {
    queueMicrotask(() => {
      if (this.#card) peer.send(JSON.stringify(this.#card));
    });
    return { receive: () => undefined, closed: () => undefined };
  }
}

/** The card as the Bauche service writes it. */
export const BAUCHE_CARD = {
  '9': '测试甲',
  '10': '990000197001010018',
  '11': '女',
  '12': '汉',
  '13': '19700101',
  '14': '模拟省测试市样例路1号',
  '15': '测试市公安局',
  '16': '20150301',
  '17': '长期',
} as const;

/** The Synjones service on port 8989. */
export class SynjonesSimulator implements HttpSimulator {
  running = true;
  silent = false;
  card: Readonly<Record<string, string>> | undefined;
  /** Sent in place of the next status word. */
  nextStatus: string | undefined;
  /** Most requests at one time; the real service takes one. */
  concurrency = 0;
  #now = 0;

  async handle({ path }: SimulatedRequest): Promise<SimulatedAnswer> {
    if (this.silent) return 'never';
    if (!path.startsWith('/api/ReadMsg?')) return jsonAnswer({ code: '1' }, 404);
    this.#now += 1;
    this.concurrency = Math.max(this.concurrency, this.#now);
    await Promise.resolve();
    this.#now -= 1;
    const status = this.nextStatus ?? (this.card ? '0x90 0x1' : '0x80 0x1');
    this.nextStatus = undefined;
    return jsonAnswer(
      status.startsWith('0x90') ? { code: '0', retcode: status, ...this.card } : { code: '1', retcode: status },
    );
  }
}

/** The card as the Synjones service writes it. */
export const SYNJONES_CARD = {
  CardType: '0',
  name: '测试甲',
  sex: '女',
  nation: '汉',
  born: '19700101',
  address: '模拟省测试市样例路1号',
  cardno: '990000197001010018',
  police: '测试市公安局',
  userlifeb: '20150301',
  userlifee: '长期',
} as const;

/** The Synjones push service on port 5000: Socket.IO over WebSocket. */
export class SynjonesSocketSimulator extends SocketSimulator {
  /** Version of Engine.IO. */
  engine: 3 | 4 = 3;
  #card: Readonly<Record<string, string>> | undefined;
  readonly #reading = new Set<SimulatedPeer>();

  get card(): Readonly<Record<string, string>> | undefined {
    return this.#card;
  }

  set card(card: Readonly<Record<string, string>> | undefined) {
    this.#card = card;
    for (const peer of this.#reading) this.#tell(peer);
  }

  protected serve(peer: SimulatedPeer): SimulatedConnection {
    peer.send('0{"sid":"simulated","upgrades":[],"pingInterval":25000,"pingTimeout":5000}');
    if (this.engine === 3) peer.send('40');
    const receive = (text: string): void => {
      if (text === '40' && this.engine === 4) peer.send('40{"sid":"simulated"}');
      if (text === '2') peer.send('3');
      if (text === '42["startRead"]') {
        this.#reading.add(peer);
        this.#tell(peer);
      }
      if (text === '42["stopRead"]') this.#reading.delete(peer);
    };
    return { receive, closed: () => this.#reading.delete(peer) };
  }

  #tell(peer: SimulatedPeer): void {
    if (!this.#card) return;
    const bytes = new TextEncoder().encode(JSON.stringify({ code: '0', retcode: '0x90 0x1', ...this.#card }));
    peer.send(`42${JSON.stringify(['card message', toBase64(bytes)])}`);
  }
}
