import type { InkSample } from './ink.js';

/** The part of a pointer event that is ink. */
export interface PointerReading {
  readonly clientX: number;
  readonly clientY: number;
  readonly timeStamp: number;
  readonly pointerType: string;
  readonly pressure: number;
  readonly tiltX: number;
  readonly tiltY: number;
}

/** An event that may bring more readings than one. Plain http pages have no coalesced lists. */
export interface PointerReadings extends PointerReading {
  readonly getCoalescedEvents?: () => readonly PointerReading[];
  readonly getPredictedEvents?: () => readonly PointerReading[];
}

/** How the page lies on the sheet: position of its corner and hundredths of a millimetre per CSS pixel. */
export interface SheetView {
  readonly leftPx: number;
  readonly topPx: number;
  readonly unitsPerPx: number;
}

/** Every reading an event brings, in order; the event itself where the browser gives no list. */
export function readingsOf(event: PointerReadings): readonly PointerReading[] {
  const list = event.getCoalescedEvents?.() ?? [];
  return list.length > 0 ? list : [event];
}

/** One reading as a sample; time by the clock of the page, in microseconds. */
export function sampleOf(reading: PointerReading, view: SheetView): InkSample {
  const { pointerType, pressure, tiltX, tiltY } = reading;
  const pen = pointerType === 'pen';
  return {
    x: Math.round((reading.clientX - view.leftPx) * view.unitsPerPx),
    y: Math.round((reading.clientY - view.topPx) * view.unitsPerPx),
    t: Math.round(reading.timeStamp * 1000),
    // Mouse and finger report a constant, which is no force.
    ...(pen ? { f: Math.round(Math.min(1, Math.max(0, pressure)) * 65535) } : {}),
    ...(pen && (tiltX !== 0 || tiltY !== 0) ? { tx: Math.round(tiltX), ty: Math.round(tiltY) } : {}),
  };
}
