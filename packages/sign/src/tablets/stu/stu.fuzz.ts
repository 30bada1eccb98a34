import { AnjuanError } from '@anjuan/core';
import type { InkEvent } from '../../ink/ink.js';
import { layButtons } from './buttons.js';
import { decodeCapability, decodeInformation, decodeStatus, payloadOf } from './feature-reports.js';
import { decodeDecryptedReport, decodePenReport } from './pen-reports.js';
import { PenToInk } from './pen-to-ink.js';

/** Reports of the full run. */
export const runs = 1_000_000;

const PEN_REPORTS = [0x01, 0x10, 0x30, 0x31, 0x33, 0x34, 0x77];
const capability = {
  ...{ maxX: 10800, maxY: 6480, maxPressure: 1023, screenWidth: 800, screenHeight: 480 },
  ...{ rateHz: 200, resolution: 2540, encodingFlag: 14 },
};

/** Small repeatable generator (xorshift). */
function numbers(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** Random reports of every number and length: typed errors only, and ink that never leaves its rules. */
export function fuzz({ seed, runs: reports }: { readonly seed: number; readonly runs: number }): void {
  const next = numbers(seed);
  let last = 0;
  let down = false;
  const onEvent = (event: InkEvent): void => {
    if (event.type === 'down' || event.type === 'up') {
      if (down === (event.type === 'down')) throw new Error('strokes do not alternate');
      down = event.type === 'down';
    }
    if (!('samples' in event)) return;
    for (const { x, y, t, f } of event.samples) {
      const inside = x >= 0 && x <= 10_800 && y >= 0 && y <= 6480 && f !== undefined && f >= 0 && f <= 65_535;
      if (!inside || ![x, y, t, f].every(Number.isInteger)) throw new Error('a sample outside of the pad');
      if (t < last) throw new Error('time fell');
      last = t;
    }
  };
  const threshold = { on: 0x15, off: 0x10 };
  const pen = new PenToInk({ capability, threshold, buttons: layButtons(capability), onEvent, onGap: () => undefined });
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (!AnjuanError.is(error) || error.code !== 'pad-protocol') throw error;
    }
  };
  let nowMs = 0;
  for (let run = 0; run < reports; run += 1) {
    const bytes = new Uint8Array(next() % 24);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = next() & 255;
    const data = new DataView(bytes.buffer);
    const reportId = PEN_REPORTS[next() % PEN_REPORTS.length] ?? 1;
    const meaning = next() % 2 === 0 ? 'time' : 'sequence';
    nowMs += next() % 40;
    attempt(() => {
      for (const point of decodePenReport(reportId, data, meaning)) pen.point(point, nowMs);
    });
    if (data.byteLength >= 20) {
      const session = reportId === 0x33 ? data.getUint32(12) : data.getUint32(0);
      attempt(() => {
        for (const point of decodeDecryptedReport(reportId, data, data, { session, meaning })) pen.point(point, nowMs);
      });
    }
    if (run % 8 === 0) {
      attempt(() => void decodeStatus(payloadOf(data, bytes[0] ?? 0, 4)));
      attempt(() => void decodeInformation(payloadOf(data, bytes[0] ?? 0, 16)));
      attempt(() => void decodeCapability(payloadOf(data, bytes[0] ?? 0, 16)));
    }
  }
}
