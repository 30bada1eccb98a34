import { sizeOf, usualLenses } from './simulated-lens.js';
import { SocketSimulator, type SimulatedConnection, type SimulatedPeer } from './socket-simulator.js';
import { tinyJpeg, toBase64, type PictureMaker } from './tiny-jpeg.js';

interface Request {
  readonly func: string;
  readonly reqId: string;
  readonly devNum?: number;
  readonly mediaNum?: number;
  readonly resolutionNum?: number;
  readonly enable?: string;
}

/** The `func`/`reqId` service on port 8082. */
export class FuncJsonSimulator extends SocketSimulator {
  readonly lenses = usualLenses();
  /** Makes the pictures; give one that makes real JPEGs where somebody looks at them. */
  picture: PictureMaker = tinyJpeg;
  /** Another program holds the camera. */
  busy = false;
  /** Answers of these functions wait for `flush`. */
  readonly held = new Set<string>();
  readonly #late: (() => void)[] = [];
  #tag = 0;

  /** Sends what was held back, the last first. */
  flush(): void {
    for (const send of this.#late.splice(0).reverse()) send();
  }

  /** Pulls a lens and tells so. */
  unplug(lens: number): void {
    const found = this.lenses[lens];
    if (found) found.plugged = false;
    this.broadcast(JSON.stringify({ func: 'Notify', event: 'OnDeviceChanged' }));
  }

  /** Somebody presses the button of the device. */
  press(): void {
    this.broadcast(JSON.stringify({ func: 'ExternalButton', result: 0 }));
  }

  protected serve(peer: SimulatedPeer): SimulatedConnection {
    let size = sizeOf(undefined);
    const picture = (of: { readonly widthPx: number; readonly heightPx: number }): object => {
      return { mime: 'image/jpeg', imgBase64Str: toBase64(this.picture({ ...of, tag: (this.#tag += 1) })), ...of };
    };
    const answer = ({ func, reqId, devNum = 0, ...request }: Request): void => {
      const reply = (values: object): void => {
        const send = (): void => peer.send(JSON.stringify({ func, reqId, result: 0, ...values }));
        if (this.held.has(func)) this.#late.push(send);
        else send();
      };
      const lens = this.lenses[devNum];
      switch (func) {
        case 'GetCameraInfo': {
          const plugged = this.lenses.map((each, id) => ({ ...each, id })).filter((each) => each.plugged);
          const mediaTypes = (sizes: readonly string[]): object[] => [
            { mediaType: 'YUY2', resolutions: sizes },
            { mediaType: 'MJPG', resolutions: sizes },
          ];
          return reply({
            devInfo: plugged.map(({ id, name, sizes }) => ({ id, devName: name, mediaTypes: mediaTypes(sizes) })),
          });
        }
        case 'OpenCamera':
          if (this.busy || !lens?.plugged) return reply({ result: 3, errorMsg: 'simulated' });
          size = sizeOf(lens.sizes[request.resolutionNum ?? 0]);
          return reply({});
        case 'GetCameraVideoBuff':
          if (request.enable !== 'true') return reply({});
          return reply({ devNum, ...picture({ widthPx: 640, heightPx: 480 }) });
        case 'CameraCaptureBase64':
          return reply(lens?.plugged ? { devNum, ...picture(size) } : { result: 5, errorMsg: 'simulated' });
        default:
          return reply({});
      }
    };
    return { receive: (text) => answer(JSON.parse(text) as Request), closed: () => undefined };
  }
}
