/** One container with its length. */
export function container(
  type: number,
  code: number,
  transaction: number,
  payload: Uint8Array = new Uint8Array(0),
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length, true);
  view.setUint16(4, type, true);
  view.setUint16(6, code, true);
  view.setUint32(8, transaction, true);
  bytes.set(payload, 12);
  return bytes;
}

/** A count and 32-bit values. */
export function u32Array(values: readonly number[]): Uint8Array<ArrayBuffer> {
  return le([[values.length, 4], ...values.map((value): [number, number] => [value, 4])]);
}

/** The DeviceInfo dataset of a camera that can take pictures. */
export function deviceInfo(
  operations: readonly number[] = [0x1001, 0x1002, 0x1003, 0x1007, 0x1008, 0x1009, 0x100b, 0x100e],
): Uint8Array {
  return join([
    le([
      [100, 2],
      [0, 4],
      [0, 2],
    ]),
    text(''),
    le([[0, 2]]),
    le([[operations.length, 4], ...operations.map((code): [number, number] => [code, 2])]),
    le([
      [2, 4],
      [0x4002, 2],
      [0x400d, 2],
    ]),
    le([[0, 4]]),
    le([[0, 4]]),
    le([
      [1, 4],
      [0x3801, 2],
    ]),
    text('Simulated'),
    text('Simulated Camera'),
    text('1.0'),
    text('SIM2'),
  ]);
}

/** The ObjectInfo dataset of a JPEG. */
export function objectInfo(jpeg: Uint8Array): Uint8Array {
  return join([
    le([
      [0x10001, 4],
      [0x3801, 2],
      [0, 2],
      [jpeg.length, 4],
    ]),
    le([
      [0x3808, 2],
      [0, 4],
      [160, 4],
      [120, 4],
    ]),
    le([
      [4608, 4],
      [3456, 4],
      [24, 4],
      [0, 4],
      [0, 2],
      [0, 4],
      [0, 4],
    ]),
    text('IMG_0001.JPG'),
    text(''),
    text(''),
    text(''),
  ]);
}

function le(values: readonly (readonly [number, number])[]): Uint8Array<ArrayBuffer> {
  const bytes = values.flatMap(([value, width]) =>
    Array.from({ length: width }, (_, index) => (value >>> (8 * index)) & 0xff),
  );
  return Uint8Array.from(bytes);
}

function text(value: string): Uint8Array {
  if (value === '') return Uint8Array.from([0]);
  return join([
    Uint8Array.from([value.length + 1]),
    le([...`${value}\0`].map((char): [number, number] => [char.charCodeAt(0), 2])),
  ]);
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
