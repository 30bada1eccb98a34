import { sizeOf, usualLenses } from './simulated-lens.js';
import { SocketSimulator, type SimulatedConnection, type SimulatedPeer } from './socket-simulator.js';
import { tinyJpeg, toBase64, type PictureMaker } from './tiny-jpeg.js';

interface Request {
  readonly function: string;
  readonly device?: number;
  readonly resolution?: number;
}

/** The Eloam service on port 9000. Answers carry the function's name and no id. */
export class EloamSocketSimulator extends SocketSimulator {
  readonly lenses = usualLenses();
  /** Makes the pictures; give one that makes real JPEGs where somebody looks at them. */
  picture: PictureMaker = tinyJpeg;
  /** Functions whose answers are held back until `flush`, to send them in another order. */
  readonly held = new Set<string>();
  /** Functions that fail with `ret` -1. */
  readonly failing = new Set<string>();
  readonly #late: (() => void)[] = [];
  #tag = 0;

  /** Sends what was held back, the last first. */
  flush(): void {
    for (const send of this.#late.splice(0).reverse()) send();
  }

  protected serve(peer: SimulatedPeer): SimulatedConnection {
    let opened: number | undefined;
    let size = sizeOf(undefined);
    const plugged = (): typeof this.lenses => this.lenses.filter((lens) => lens.plugged);
    const picture = (of: { readonly widthPx: number; readonly heightPx: number }): string =>
      toBase64(this.picture({ ...of, tag: (this.#tag += 1) }));

    const answer = (request: Request): void => {
      const reply = (ret: number, value: unknown = ''): void => {
        const failed = this.failing.has(request.function);
        const send = (): void =>
          peer.send(JSON.stringify({ function: request.function, ret: failed ? -1 : ret, value }));
        if (this.held.has(request.function)) this.#late.push(send);
        else send();
      };
      const lens = plugged()[request.device ?? 0];
      switch (request.function) {
        case 'GetDeviceCount':
          return reply(0, plugged().length);
        case 'GetDeviceName':
          return lens ? reply(0, lens.name) : reply(-1);
        case 'GetResolution':
          return lens ? reply(0, lens.sizes.map((each) => each.replace('x', '*')).join('|')) : reply(-1);
        case 'OpenCamera':
          if (!lens) return reply(-1);
          opened = request.device ?? 0;
          size = sizeOf(lens.sizes[request.resolution ?? 0]);
          reply(0);
          return peer.send(
            JSON.stringify({ function: 'ImageCallback', ret: 0, value: picture({ widthPx: 640, heightPx: 480 }) }),
          );
        case 'ScanImage':
          return opened === undefined ? reply(-2) : reply(0, picture(size));
        case 'CloseCamera':
          opened = undefined;
          return reply(0);
        default:
          return reply(0);
      }
    };
    return { receive: (text) => answer(JSON.parse(text) as Request), closed: () => (opened = undefined) };
  }
}
