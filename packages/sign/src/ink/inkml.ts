import type { Ink, InkSample } from './ink.js';

/** Optional channels, in the order of the format; `?` stands where a sample has none. */
const CHANNELS = [
  { name: 'F', key: 'f', attributes: 'type="integer" min="0" max="65535" units="dev"' },
  { name: 'OTx', key: 'tx', attributes: 'type="integer" min="-90" max="90" units="deg"' },
  { name: 'OTy', key: 'ty', attributes: 'type="integer" min="-90" max="90" units="deg"' },
] as const;

/**
 * The raw samples as InkML: X and Y in millimetres, T in milliseconds, force and tilt where the pad has them.
 * Nothing of a person is in it. @source W3C InkML, Recommendation of 20 September 2011, sections 3 and 4.
 */
export function inkToInkml(ink: Ink): string {
  const samples = ink.strokes.flatMap((stroke) => stroke.samples);
  const used = CHANNELS.filter(({ key }) => samples.some((sample) => sample[key] !== undefined));
  const { kind, model, serial, rateHz } = ink.device;
  const source = [
    `xml:id="pad"`,
    `description="${kind}"`,
    model === undefined ? '' : `model="${escape(model)}"`,
    serial === undefined ? '' : `serialNo="${escape(serial)}"`,
  ].filter(Boolean);
  const optional = used.map(({ name, attributes }) => `<channel name="${name}" ${attributes}/>`).join('');
  const point = (sample: InkSample): string =>
    [
      decimal(sample.x, 2),
      decimal(sample.y, 2),
      decimal(sample.t, 3),
      ...used.map(({ key }) => sample[key] ?? '?'),
    ].join(' ');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<ink xmlns="http://www.w3.org/2003/InkML">',
    '<annotation type="schema">ink/1</annotation>',
    '<definitions>',
    `<inkSource ${source.join(' ')}>`,
    '<traceFormat>',
    '<channel name="X" type="decimal" units="mm"/>',
    '<channel name="Y" type="decimal" units="mm"/>',
    '<channel name="T" type="decimal" units="ms"/>',
    ...(optional ? [`<intermittentChannels>${optional}</intermittentChannels>`] : []),
    '</traceFormat>',
    ...(rateHz === undefined ? [] : [`<sampleRate uniform="false" value="${rateHz}"/>`]),
    `<activeArea width="${decimal(ink.width, 2)}" height="${decimal(ink.height, 2)}" units="mm"/>`,
    '</inkSource>',
    '<context xml:id="sheet" inkSourceRef="#pad"/>',
    '</definitions>',
    ...ink.strokes.map((stroke) => `<trace contextRef="#sheet">${stroke.samples.map(point).join(', ')}</trace>`),
    '</ink>',
    '',
  ].join('\n');
}

/** A whole number of 10^-places as a decimal, without rounding. */
function decimal(value: number, places: number): string {
  const digits = String(Math.abs(value)).padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -places)}${fraction ? `.${fraction}` : ''}`;
}

function escape(text: string): string {
  return text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[\p{Cc}]/gu, '');
}
