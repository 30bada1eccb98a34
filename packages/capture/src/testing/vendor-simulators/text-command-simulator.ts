import { SocketSimulator, type SimulatedConnection, type SimulatedPeer } from './socket-simulator.js';
import { tinyJpeg, toBase64, type PictureMaker } from './tiny-jpeg.js';

/** Sizes by number. */
const SIZES: Readonly<Record<number, readonly [number, number]>> = {
  0: [640, 480],
  1: [320, 240],
  6: [2048, 1536],
  7: [2592, 1944],
};

/** The text-command service on port 1818. */
export class TextCommandSimulator extends SocketSimulator {
  /** Lenses that are connected. */
  lenses = 2;
  /** Makes the pictures; give one that makes real JPEGs where somebody looks at them. */
  picture: PictureMaker = tinyJpeg;
  /** Older versions answer a capture with `BeginBase64…`. */
  captureName: 'bSaveJPGEx' | 'Base64' = 'bSaveJPGEx';
  #tag = 0;

  protected serve(peer: SimulatedPeer): SimulatedConnection {
    let size: readonly [number, number] = [640, 480];
    let playing = false;
    const result = (name: string, value: string): void => peer.send(`Begin${name}${value}End${name}`);
    const picture = ([widthPx, heightPx]: readonly [number, number]): string =>
      toBase64(this.picture({ widthPx, heightPx, tag: (this.#tag += 1) }));
    const receive = (text: string): void => {
      const [, name = '', argument = ''] = /^([A-Za-z]+\d?)(?:\((.*)\))?$/.exec(text) ?? [];
      switch (name) {
        case 'vSetResolution':
          size = SIZES[Number(argument)] ?? size;
          return result(name, '');
        case 'bStartPlay':
        case 'bStartPlay2':
          playing = this.lenses >= (name === 'bStartPlay' ? 1 : 2);
          result(name, String(playing));
          return playing ? peer.send(picture([640, 480])) : undefined;
        case 'bStopPlay':
          playing = false;
          return result(name, 'true');
        case 'bSaveJPGEx':
          return result(this.captureName, playing ? picture(size) : 'false');
        default:
          return undefined;
      }
    };
    return { receive, closed: () => (playing = false) };
  }
}
