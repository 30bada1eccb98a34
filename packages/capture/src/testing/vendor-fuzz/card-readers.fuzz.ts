import { parseCardMessage } from '../../devices/vendor/bauche/messages.js';
import { textsByAlias } from '../../devices/vendor/card/card-aliases.js';
import { cardFromFields, kindByNumber } from '../../devices/vendor/card/card-from-fields.js';
import { parseCardReply } from '../../devices/vendor/joyusing/messages.js';
import { parseObject } from '../../devices/vendor/shared/json.js';
import { parseCardEvent } from '../../devices/vendor/synjones/card-message.js';
import { readPacket } from '../../devices/vendor/synjones/socket-io.js';
import { toBase64 } from '../vendor-simulators/tiny-jpeg.js';
import { parseReadAnswer } from '../../devices/vendor/synjones/messages.js';
import { BAUCHE_CARD, JOYUSING_CARD, SYNJONES_CARD } from '../vendor-simulators/card-simulators.js';
import { fuzzText, type FuzzOptions } from './fuzz-text.js';

export const runs = 100_000;

const joyusing = [
  { type: 4, ErrorCode: 0, JsonData: JSON.stringify(JOYUSING_CARD) },
  { type: 4, ErrorCode: 0, JsonData: JOYUSING_CARD },
  { type: 4, ErrorCode: -2, JsonData: '' },
].map((sample) => JSON.stringify(sample));
const bauche = [BAUCHE_CARD, { data: BAUCHE_CARD }, { state: 1 }].map((sample) => JSON.stringify(sample));
const synjones = [
  { code: '0', retcode: '0x90 0x1', ...SYNJONES_CARD },
  { code: '0', retcode: '0x90 0x1', ...SYNJONES_CARD, CardType: '1', cardno: 'CHN990000001018', nation: 'CHN' },
  { code: '1', retcode: '0x80 0x1' },
].map((sample) => JSON.stringify(sample));

const packets = [
  '0{"sid":"x","pingInterval":25000}',
  '40',
  '2',
  `42["card message",${JSON.stringify(synjones[0])}]`,
  `42["card message","${toBase64(new TextEncoder().encode(synjones[0]))}"]`,
  `421["card message",${synjones[0] ?? ''}]`,
];

/** `runs` messages for each of the four services. */
export function fuzz(options: FuzzOptions): void {
  fuzzText({
    ...options,
    samples: joyusing,
    parse: (text) => {
      const fields = parseCardReply(text);
      if (!fields) return;
      const texts = textsByAlias(fields);
      cardFromFields(kindByNumber(texts('number')), texts);
    },
  });
  fuzzText({
    ...options,
    samples: bauche,
    parse: (text) => {
      const texts = parseCardMessage(text);
      if (texts) cardFromFields(kindByNumber(texts('number')), texts);
    },
  });
  fuzzText({
    ...options,
    samples: synjones,
    parse: (text) => {
      const reply = parseObject(text);
      const answer = parseReadAnswer(reply);
      if (answer.status === 'card') cardFromFields(answer.kind, textsByAlias(reply));
    },
  });
  fuzzText({
    ...options,
    samples: packets,
    parse: (text) => {
      const packet = readPacket(text);
      if (packet.kind !== 'event') return;
      const reply = parseCardEvent(packet.args);
      const answer = parseReadAnswer(reply);
      if (answer.status === 'card') cardFromFields(answer.kind, textsByAlias(reply));
    },
  });
}
