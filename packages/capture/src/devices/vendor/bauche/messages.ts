import type { CardField, CardTexts } from '../card/card-from-fields.js';
import { isObject, member, parseObject, textOf, type JsonObject } from '../shared/json.js';

/** Numbers that the service gives the fields of a card. */
const KEYS: Partial<Readonly<Record<CardField, string>>> = {
  name: '9',
  number: '10',
  gender: '11',
  nation: '12',
  birthDate: '13',
  address: '14',
  issuer: '15',
  validFrom: '16',
  validTo: '17',
};

/** The card in a message, at the top or one level below; nothing in messages about other things. */
export function parseCardMessage(text: string): CardTexts | undefined {
  const message = parseObject(text);
  const candidates: readonly unknown[] = [message, ...Object.values(message).slice(0, 50)];
  const fields = candidates.find((candidate): candidate is JsonObject => isObject(candidate) && hasCard(candidate));
  if (!fields) return undefined;
  return (field) => {
    const key = KEYS[field];
    return key === undefined ? '' : textOf(member(fields, key));
  };
}

const hasCard = (fields: JsonObject): boolean =>
  textOf(member(fields, '9')) !== '' && textOf(member(fields, '10')) !== '';
