/** The coder after the last pixel: the bytes so far and its registers. */
export interface MqRegisters {
  readonly bytes: Uint8Array;
  readonly a: number;
  readonly c: number;
  readonly ct: number;
}

/** Brings out what the registers still hold and ends with the marker FF AC. @source ITU-T T.88 E.2.9 FLUSH */
export function endMqCoding({ bytes, a, c, ct }: MqRegisters): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.length + 4);
  out.set(bytes);
  let length = bytes.length;
  let register = (c | 0xffff) >>> 0;
  if (register >= c + a) register -= 0x8000;
  for (let round = 0, count = ct; round < 2; round += 1) {
    register = (register << count) >>> 0;
    const last = out[length - 1] ?? 0;
    let shift = last === 0xff ? 20 : 19;
    if (shift === 19 && register >= 0x8000000) {
      out[length - 1] = last + 1;
      register &= 0x7ffffff;
      if (last + 1 === 0xff) shift = 20;
    }
    out[length] = register >>> shift;
    length += 1;
    register &= (1 << shift) - 1;
    count = 27 - shift;
  }
  if (out[length - 1] !== 0xff) {
    out[length] = 0xff;
    length += 1;
  }
  out[length] = 0xac;
  return out.slice(0, length + 1);
}
