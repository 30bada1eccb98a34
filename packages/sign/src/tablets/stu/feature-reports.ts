import { signError } from '../../errors/sign-codes.js';

/** A rectangle in pixels of the tablet's screen; both corners belong to it. */
export interface StuRectangle {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** Report 3. */
export interface StuStatus {
  readonly statusCode: number;
  readonly lastResult: number;
  readonly statusWord: number;
}

/** Report 8. */
export interface StuInformation {
  readonly model: string;
  readonly firmware: string;
  readonly secureIc: number;
  readonly secureIcVersion: readonly number[];
}

/** Report 9. */
export interface StuCapability {
  readonly maxX: number;
  readonly maxY: number;
  readonly maxPressure: number;
  readonly screenWidth: number;
  readonly screenHeight: number;
  /** Reports per second. */
  readonly rateHz: number;
  /** Tablet units per inch. */
  readonly resolution: number;
  /** Bits: 1 zlib, 2 one bit, 4 sixteen bits, 8 twenty-four bits. */
  readonly encodingFlag: number;
}

/** Report 50. */
export interface StuEncryptionStatus {
  readonly symmetricKeyType: number;
  readonly paddingType: number;
  readonly asymmetricKeyType: number;
  readonly statusE: number;
  readonly statusN: number;
  readonly statusC: number;
  readonly lastResult: number;
}

/** The tablet sent what its protocol does not allow. */
export const protocolError = (reason: string, reportId: number) =>
  signError('pad-protocol', { details: { reason, reportId } });

/** The payload of a feature report that came with its id at byte 0. */
export function payloadOf(view: DataView, reportId: number, lengthBytes: number): DataView {
  if (view.byteLength < lengthBytes + 1) throw protocolError('short-report', reportId);
  if (view.getUint8(0) !== reportId) throw protocolError('other-report', reportId);
  return new DataView(view.buffer, view.byteOffset + 1, view.byteLength - 1);
}

/** Printable ASCII up to the first zero. */
export function asciiOf(view: DataView, offset: number, lengthBytes: number): string {
  let text = '';
  for (let at = offset; at < offset + lengthBytes && at < view.byteLength; at += 1) {
    const byte = view.getUint8(at);
    if (byte === 0) break;
    if (byte >= 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
  }
  return text.trim();
}

export const decodeStatus = (view: DataView): StuStatus => ({
  statusCode: view.getUint8(0),
  lastResult: view.getUint8(1),
  statusWord: view.getUint16(2, true),
});

export const decodeInformation = (view: DataView): StuInformation => ({
  model: asciiOf(view, 0, 9),
  firmware: `${view.getUint8(9)}.${view.getUint8(10)}`,
  secureIc: view.getUint8(11),
  secureIcVersion: [12, 13, 14, 15].map((at) => view.getUint8(at)),
});

/** Numbers that would make nonsense of every sample are refused. */
export function decodeCapability(view: DataView): StuCapability {
  const capability = {
    maxX: view.getUint16(0),
    maxY: view.getUint16(2),
    maxPressure: view.getUint16(4),
    screenWidth: view.getUint16(6),
    screenHeight: view.getUint16(8),
    rateHz: view.getUint8(10),
    resolution: view.getUint16(11),
    encodingFlag: view.getUint8(13),
  };
  const { maxX, maxY, maxPressure, screenWidth, screenHeight, resolution } = capability;
  if (Math.min(maxX, maxY, maxPressure, screenWidth, screenHeight, resolution) === 0) {
    throw protocolError('capability', 0x09);
  }
  return capability;
}

export const decodeThreshold = (view: DataView): { readonly on: number; readonly off: number } => ({
  on: view.getUint16(0, true),
  off: view.getUint16(2, true),
});

export const decodeEncryptionStatus = (view: DataView): StuEncryptionStatus => ({
  symmetricKeyType: view.getUint8(0),
  paddingType: view.getUint8(1) >> 6,
  asymmetricKeyType: view.getUint8(1) & 0x3f,
  statusE: view.getUint8(3),
  statusN: view.getUint8(4),
  statusC: view.getUint8(5),
  lastResult: view.getUint8(6),
});

const le16 = (value: number): number[] => [value & 255, (value >> 8) & 255];

export const encodeRectangle = ({ x1, y1, x2, y2 }: StuRectangle): number[] => [x1, y1, x2, y2].flatMap(le16);
export const encodeClearArea = (area: StuRectangle): number[] => [0, 1, ...encodeRectangle(area)];
export const encodeImageStart = (mode: number, area?: StuRectangle): number[] =>
  area ? [mode, 1, ...encodeRectangle(area)] : [mode];
export const encodeImageBlock = (data: Uint8Array): number[] => [...le16(data.byteLength), ...data];
export const encodeThreshold = (on: number, off: number): number[] => [...le16(on), ...le16(off)];
export const encodeSession = (session: number): number[] => [24, 16, 8, 0].map((shift) => (session >>> shift) & 255);
export const encodeWord = le16;
/** Colour as 24 bits, least significant byte (blue) first, then the thickness of the line 0..3. */
export const encodeColor24 = (rgb: number, thickness?: number): number[] => [
  ...[rgb & 255, (rgb >> 8) & 255, (rgb >> 16) & 255],
  ...(thickness === undefined ? [] : [thickness]),
];
/** Colour as 5, 6 and 5 bits, then the thickness of the line 0..3. */
export const encodeColor16 = (rgb: number, thickness?: number): number[] => [
  ...le16(((rgb >> 8) & 0xf800) | ((rgb >> 5) & 0x07e0) | ((rgb >> 3) & 0x1f)),
  ...(thickness === undefined ? [] : [thickness]),
];
/** Report 40: command, parameter, length or index, 64 bytes. */
export function encodeEncryptionCommand(
  command: number,
  parameter = 0,
  lengthOrIndex = 0,
  data?: Uint8Array,
): number[] {
  const block = new Array<number>(64).fill(0);
  data?.forEach((byte, at) => (block[at] = byte));
  return [command, parameter, lengthOrIndex, ...block];
}
