/** One lens of a simulated document camera. */
export interface SimulatedLens {
  readonly name: string;
  /** Sizes that it offers, each `WxH`. */
  readonly sizes: readonly string[];
  plugged: boolean;
}

/** A main lens of 8 megapixels and a side lens of 2. */
export function usualLenses(): SimulatedLens[] {
  return [
    { name: 'Simulated main lens', sizes: ['640x480', '2592x1944', '3264x2448'], plugged: true },
    { name: 'Simulated side lens', sizes: ['640x480', '1600x1200'], plugged: true },
  ];
}

/** Width and height of `WxH`. */
export function sizeOf(text: string | undefined): { readonly widthPx: number; readonly heightPx: number } {
  const [widthPx = 640, heightPx = 480] = (text ?? '').split('x').map(Number);
  return { widthPx, heightPx };
}
