/** A pen trace on our pad or on signature_pad: samples kept, and the time from an event to its ink. */
import { AnjuanSignaturePad } from '../../../packages/sign/src/element/signature-pad/anjuan-signature-pad.js';

export type PadName = 'anjuan' | 'signature_pad';

interface PeerPad {
  toData(): readonly { readonly points: readonly unknown[] }[];
  clear(): void;
}
interface PeerModule {
  readonly default: new (canvas: HTMLCanvasElement) => PeerPad;
}

/** Times of one event, milliseconds. */
export interface EventTimes {
  /** From when the page got the event to the last stroke of its ink, waiting included. */
  readonly toInkMs: number;
  /** The same from the browser's own time stamp of the event on. */
  readonly fromStampMs: number;
}

export interface InkBench {
  open(
    pad: PadName,
  ): Promise<{ readonly x: number; readonly y: number; readonly width: number; readonly height: number }>;
  /** Plays 3 s of a 200 Hz pen as 60 Hz events with coalesced samples. */
  play(samples: number): Promise<number>;
  kept(): number;
  clear(): void;
  /** Samples that the page was given, and times per event, since the last call. */
  report(): { readonly delivered: number; readonly events: number; readonly times: readonly EventTimes[] };
}

declare global {
  var inkBench: InkBench;
}

let target: HTMLElement | undefined;
let kept = (): number => 0;
let clear = (): void => undefined;
let delivered = 0;
let times: EventTimes[] = [];

/** The event whose ink is awaited. */
let open: { stamp: number; from: number; last: number } | undefined;

function close(): void {
  if (open && open.last > 0) times.push({ toInkMs: open.last - open.from, fromStampMs: open.last - open.stamp });
  open = undefined;
}

/** Notes when something was drawn. */
function watchDrawing(): void {
  const { prototype } = CanvasRenderingContext2D;
  for (const name of ['fill', 'stroke', 'fillRect', 'drawImage'] as const) {
    const original = prototype[name] as (...values: never) => void;
    Object.defineProperty(prototype, name, {
      value: function (this: CanvasRenderingContext2D, ...values: never) {
        original.apply(this, values);
        if (open) open.last = performance.now();
      },
    });
  }
}

/** Before any handler of the pads. */
function watchEvents(): void {
  window.addEventListener(
    'pointermove',
    (event) => {
      close();
      delivered += Math.max(1, event.getCoalescedEvents().length);
      open = { stamp: event.timeStamp, from: performance.now(), last: 0 };
    },
    { capture: true },
  );
}

const peerPath = './peer-signature-pad.js';

globalThis.inkBench = {
  open: async (pad) => {
    watchDrawing();
    watchEvents();
    const frame = document.createElement('div');
    frame.style.width = '640px';
    document.body.append(frame);
    if (pad === 'anjuan') {
      AnjuanSignaturePad.define();
      const element = document.createElement('anjuan-signature-pad');
      frame.append(element);
      await element.updateComplete;
      await new Promise((resolve) => setTimeout(resolve, 300));
      target = element.shadowRoot?.querySelector<HTMLElement>('.paper') ?? undefined;
      kept = () => element.ink?.strokes.reduce((sum, { samples }) => sum + samples.length, 0) ?? 0;
      clear = () => (element.ink = undefined);
    } else {
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width: 640, height: 256 });
      frame.append(canvas);
      const { default: SignaturePad } = (await import(peerPath)) as PeerModule;
      const own = new SignaturePad(canvas);
      target = canvas;
      kept = () => own.toData().reduce((sum, { points }) => sum + points.length, 0);
      clear = () => own.clear();
    }
    const { x = 0, y = 0, width = 0, height = 0 } = target?.getBoundingClientRect() ?? {};
    return { x, y, width, height };
  },
  play: async (samples) => {
    if (!target) throw new Error('no pad');
    const box = target.getBoundingClientRect();
    const begin = performance.now();
    const make = (type: string, at: number, coalesced: readonly PointerEvent[] = []): PointerEvent => {
      const share = at / samples;
      const angle = share * Math.PI * 12;
      return new PointerEvent(type, {
        bubbles: true,
        composed: true,
        cancelable: true,
        pointerId: 7,
        pointerType: 'pen',
        isPrimary: true,
        button: type === 'pointermove' ? -1 : 0,
        buttons: type === 'pointerup' ? 0 : 1,
        pressure: type === 'pointerup' ? 0 : 0.3 + 0.4 * Math.abs(Math.sin(angle)),
        clientX: box.left + box.width * (0.1 + 0.8 * share + 0.04 * Math.sin(angle)),
        clientY: box.top + box.height * (0.5 + 0.3 * Math.cos(angle)),
        coalescedEvents: [...coalesced],
      });
    };
    // Sample 0 comes with the pen going down, the last with its lifting; those between in 60 Hz packets.
    target.dispatchEvent(make('pointerdown', 0));
    let next = 1;
    while (next < samples - 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const due = Math.min(samples - 1, Math.floor((performance.now() - begin) / 5));
      if (due <= next) continue;
      const packet = Array.from({ length: due - next }, (_, index) => make('pointermove', next + index));
      next = due;
      target.dispatchEvent(make('pointermove', next - 1, packet));
    }
    target.dispatchEvent(make('pointerup', samples - 1));
    await new Promise((resolve) => setTimeout(resolve, 200));
    return kept();
  },
  kept: () => kept(),
  clear: () => clear(),
  report: () => {
    close();
    const answer = { delivered, events: times.length, times };
    [delivered, times] = [0, []];
    return answer;
  },
};
