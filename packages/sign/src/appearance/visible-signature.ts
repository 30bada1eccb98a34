import { POINTS_PER_MM, type FormAppearance } from './appearance.js';
import { rotateAppearance } from './rotate-appearance.js';
import { signatureAppearance, type SignatureAppearanceOptions, type SignatureWords } from './signature-appearance.js';

/** What is known of a signature when it is drawn; what `signPdf` gives to its `appearance` fits. */
export interface VisibleSignatureContext {
  readonly identity: { readonly test: boolean };
  /** Common name of the certificate's subject; may be empty. */
  readonly subjectName: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Size of the field in points, on the page before rotation. */
  readonly widthPt: number;
  readonly heightPt: number;
  /** Clockwise rotation of the page in degrees. */
  readonly rotate: number;
}

/** How the signature looks; size, name, time and test mark come with the signing. */
export interface VisibleSignatureOptions extends Omit<
  SignatureAppearanceOptions,
  'widthMm' | 'heightMm' | 'text' | 'testMark'
> {
  /** Default the name in the certificate. */
  readonly name?: string;
  readonly reason?: string;
  readonly meaning?: string;
  /** Minutes east of UTC in which the time is written. Default 480, China. */
  readonly offsetMinutes?: number;
}

/**
 * Draws the visible signature while signing: `appearance: visibleSignature({ font, ink, reason })`. Fits the field, stands upright on
 * turned pages, says the time that the signature claims, and marks test keys.
 */
export function visibleSignature(
  options: VisibleSignatureOptions,
): (context: VisibleSignatureContext) => Promise<FormAppearance> {
  const { name, reason, meaning, offsetMinutes = 480, ...looks } = options;
  return async (context) => {
    const rotationDeg = ([0, 90, 180, 270] as const)[Math.round((((context.rotate % 360) + 360) % 360) / 90) % 4] ?? 0;
    const size = [context.widthPt / POINTS_PER_MM, context.heightPt / POINTS_PER_MM] as const;
    const [widthMm, heightMm] = rotationDeg % 180 === 0 ? size : [size[1], size[0]];
    const text: SignatureWords = {
      name: name ?? context.subjectName,
      ...(reason !== undefined && { reason }),
      ...(meaning !== undefined && { meaning }),
      time: isoAt(context.time, offsetMinutes),
    };
    const { test: testMark } = context.identity;
    return rotateAppearance(await signatureAppearance({ ...looks, widthMm, heightMm, text, testMark }), rotationDeg);
  };
}

/** ISO 8601 as the clock on the wall says it, with its zone. */
function isoAt(time: number, offsetMinutes: number): string {
  const wall = new Date(time + offsetMinutes * 60_000).toISOString().slice(0, 16);
  const minutes = Math.abs(offsetMinutes);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${wall}${offsetMinutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
