/** Places along an ellipse around the origin, by length on the curve. */
export interface EllipseArc {
  readonly lengthMm: number;
  /** Point and direction of travel (radians) at a length from the start. */
  at(lengthMm: number): { readonly x: number; readonly y: number; readonly direction: number };
}

const STEPS = 720;

/** The arc from angle `from` to `to` (degrees, counter-clockwise positive, 90 is the top). Lengths are exact to a ten-thousandth. */
export function ellipseArc(radiusX: number, radiusY: number, from: number, to: number): EllipseArc {
  const angle = (step: number): number => ((from + ((to - from) * step) / STEPS) * Math.PI) / 180;
  const point = (step: number): readonly [number, number] => [
    radiusX * Math.cos(angle(step)),
    radiusY * Math.sin(angle(step)),
  ];
  const lengths = [0];
  for (let step = 1; step <= STEPS; step += 1) {
    const [x0, y0] = point(step - 1);
    const [x1, y1] = point(step);
    lengths.push((lengths[step - 1] ?? 0) + Math.hypot(x1 - x0, y1 - y0));
  }
  const sense = Math.sign(to - from);
  return {
    lengthMm: lengths[STEPS] ?? 0,
    at: (lengthMm) => {
      const found = lengths.findIndex((length) => length >= lengthMm);
      const step = Math.max(1, found < 0 ? STEPS : found);
      const before = lengths[step - 1] ?? 0;
      const exact = step - 1 + (lengthMm - before) / ((lengths[step] ?? 0) - before || 1);
      const [x, y] = point(exact);
      const turn = angle(exact);
      const direction = Math.atan2(sense * radiusY * Math.cos(turn), -sense * radiusX * Math.sin(turn));
      return { x, y, direction };
    },
  };
}

/** Control length of a quarter circle. */
const KAPPA = 0.5522847498;

/** A whole ellipse as four curves. */
export function ellipsePath(centerX: number, centerY: number, radiusX: number, radiusY: number) {
  const kx = radiusX * KAPPA;
  const ky = radiusY * KAPPA;
  const [left, right, low, high] = [centerX - radiusX, centerX + radiusX, centerY - radiusY, centerY + radiusY];
  return [
    ['M', right, centerY],
    ['C', right, centerY + ky, centerX + kx, high, centerX, high],
    ['C', centerX - kx, high, left, centerY + ky, left, centerY],
    ['C', left, centerY - ky, centerX - kx, low, centerX, low],
    ['C', centerX + kx, low, right, centerY - ky, right, centerY],
    ['Z'],
  ] as const;
}
