import { AnjuanError, linkAbort, systemClock, throwIfAborted, type Clock } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { FrameDevice, FrameSource } from '../frame-source.js';
import { watchByList } from '../vendor/shared/watch-by-list.js';
import { parseCapabilities, type EsclCapabilities, type EsclInput } from './capabilities.js';
import { esclText, type EsclHttpOptions } from './escl-http.js';
import { openEsclSession } from './escl-session.js';
import { jobSettings, type EsclSettings } from './scan-settings.js';

/** One scanner that the hospital's proxy leads to. */
export interface EsclScanner {
  /** Shown to people. Default: what the scanner calls itself. */
  readonly label?: string;
  /** Address of the scanner's `/eSCL` resource below the proxy, without a slash at the end. */
  readonly baseUrl: string;
}

/** Options of `createEsclSource`. */
export interface EsclSourceOptions {
  readonly scanners: readonly EsclScanner[];
  readonly settings?: EsclSettings;
  /** Default `globalThis.fetch`. */
  readonly fetch?: EsclHttpOptions['fetch'];
  readonly clock?: Clock;
  /** Milliseconds for an answer that needs no mechanics. Default 10,000. */
  readonly timeoutMs?: number;
  /** Milliseconds for one page. Default 120,000: a slow scanner warms up first. */
  readonly pageTimeoutMs?: number;
}

/** Milliseconds between two looks at the scanners while somebody watches. */
const WATCH_MS = 15_000;
/** The feeder first: stays are stacks of paper. */
const INPUTS: readonly EsclInput[] = ['feeder', 'feeder-duplex', 'platen'];

/**
 * Network scanners that speak eSCL (AirScan), through a proxy of the hospital, because pages may not call scanners directly.
 * Each input of a scanner is a device of its own.
 */
export function createEsclSource(options: EsclSourceOptions): FrameSource {
  const { scanners, settings } = options;
  const http = esclHttp(options);

  const capabilitiesOf = async ({ baseUrl }: EsclScanner, signal?: AbortSignal): Promise<EsclCapabilities> =>
    parseCapabilities(await esclText(http, `${baseUrl}/ScannerCapabilities`, signal));

  const list = async (signal?: AbortSignal): Promise<readonly FrameDevice[]> => {
    throwIfAborted(signal);
    const answers = await Promise.allSettled(scanners.map((scanner) => capabilitiesOf(scanner, signal)));
    throwIfAborted(signal);
    const devices = answers.flatMap((answer, index) =>
      answer.status === 'fulfilled' ? inputDevices(answer.value, { index, label: scanners[index]?.label }) : [],
    );
    const failed = answers.find((answer) => answer.status === 'rejected');
    if (devices.length === 0 && failed) throw AnjuanError.from(failed.reason);
    return devices.map((device, index) => ({ ...device, preferred: index === 0 }));
  };

  return {
    name: 'escl',
    list: ({ signal } = {}) => list(signal),
    open: async (deviceId, { signal } = {}) => {
      throwIfAborted(signal);
      const { index, input } = parseDeviceId(deviceId);
      const scanner = scanners[index];
      if (!scanner || !input) throw captureError('device-not-found');
      const capabilities = await capabilitiesOf(scanner, signal);
      const device = inputDevices(capabilities, { index, label: scanner.label }).find(
        (found) => found.deviceId === deviceId,
      );
      if (!device) throw captureError('device-not-found');
      const life = linkAbort();
      return openEsclSession({
        http,
        device,
        baseUrl: scanner.baseUrl,
        settings: jobSettings(capabilities, input, settings),
        life,
      });
    },
    watch: (listener) =>
      watchByList({ clock: http.clock, list, listener, mayAsk: () => Promise.resolve(true), intervalMs: WATCH_MS }),
  };
}

/** The way to a scanner's address with its defaults. */
export function esclHttp(options: Omit<EsclSourceOptions, 'scanners' | 'settings'>): EsclHttpOptions {
  return {
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    clock: options.clock ?? systemClock,
    timeoutMs: options.timeoutMs ?? 10_000,
    pageTimeoutMs: options.pageTimeoutMs ?? 120_000,
  };
}

/** The inputs of a scanner as devices. */
export function inputDevices(
  { inputs, makeAndModel }: EsclCapabilities,
  { index, label }: { readonly index: number | string; readonly label?: string | undefined },
): readonly FrameDevice[] {
  const offered = INPUTS.filter((input) => inputs[input] !== undefined);
  return offered.map((input, position) => ({
    deviceId: `escl:${index}:${input}`,
    kind: 'scanner',
    label: label ?? makeAndModel,
    preferred: position === 0,
    input,
  }));
}

function parseDeviceId(deviceId: string): { readonly index: number; readonly input: EsclInput | undefined } {
  const match = /^escl:(\d{1,4}):([a-z-]+)$/.exec(deviceId);
  return { index: Number(match?.[1] ?? -1), input: INPUTS.find((input) => input === match?.[2]) };
}
