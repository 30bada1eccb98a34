import { textsByAlias } from '../../devices/vendor/card/card-aliases.js';
import { cardFromFields, kindByNumber } from '../../devices/vendor/card/card-from-fields.js';
import { parseCardFields, parseLenses, parsePictures } from '../../devices/vendor/eloam-http/messages.js';
import { parseObject } from '../../devices/vendor/shared/json.js';
import { ELOAM_CARD } from '../vendor-simulators/card-simulators.js';
import { tinyJpeg, toBase64 } from '../vendor-simulators/tiny-jpeg.js';
import { fuzzText, type FuzzOptions } from './fuzz-text.js';

export const runs = 100_000;

const base64 = toBase64(tinyJpeg());
const samples = [
  { code: '0', video0: 'ok', video1: 'no' },
  { code: 0, images: [{ base64 }, { base64 }] },
  { code: '0', photoBase64: base64 },
  { code: 0, IDCardInfo: ELOAM_CARD },
  { code: '-1' },
].map((sample) => JSON.stringify(sample));

export function fuzz(options: FuzzOptions): void {
  fuzzText({ ...options, samples, parse: (text) => parseLenses(parseObject(text)) });
  fuzzText({ ...options, samples, parse: (text) => parsePictures(parseObject(text)) });
  fuzzText({ ...options, samples, parse: parseCard });
}

function parseCard(text: string): void {
  const fields = parseCardFields(parseObject(text));
  if (!fields) return;
  const texts = textsByAlias(fields);
  cardFromFields(kindByNumber(texts('number')), texts);
}
