import { FRONT_PAGE_TYPE } from '@anjuan/core';
import { stringsAt, valuesAt } from '../fhir/json.js';
import type { FhirResource } from '../fhir/resource.js';
import type { IndexTerm } from '../store/condition.js';
import { endings } from './fold.js';
import { nameTexts } from './human-names.js';
import { wordTerms } from './name-terms.js';
import { indexName } from './parameters.js';

const CONTENT = indexName('DocumentReference', '_content');

/** True for the front page: the index card of its record. */
export function isIndexCard(document: FhirResource): boolean {
  return stringsAt(document, 'type.coding.code').includes(FRONT_PAGE_TYPE);
}

/** Terms of `_content`: who the card is about (also findable while locked), and what it says. */
export function contentTerms(card: FhirResource, patient: FhirResource | undefined): readonly IndexTerm[] {
  const names = valuesAt(patient, 'name').flatMap(nameTexts);
  const numbers = [...stringsAt(card, 'identifier.value'), ...stringsAt(patient, 'identifier.value')];
  const identity = new Set([...names.flatMap(wordTerms), ...numbers.flatMap(endings)]);
  const paths = ['context.practiceSetting', 'context.event'];
  const words = paths.flatMap((path) => [
    ...stringsAt(card, `${path}.text`),
    ...stringsAt(card, `${path}.coding.display`),
  ]);
  const codes = stringsAt(card, 'context.event.coding.code');
  const all = new Set([...identity, ...new Set(words.flatMap(wordTerms)), ...codes.flatMap(endings)]);
  return [
    ...[...identity].map((value) => ({ param: `${CONTENT}:identity`, value })),
    ...[...all].map((value) => ({ param: CONTENT, value })),
  ];
}
