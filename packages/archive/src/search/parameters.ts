import type { ResourceType } from '../fhir/resource.js';

export type ParameterType = 'token' | 'string' | 'name' | 'date' | 'reference' | 'content';

/** How one search parameter finds its values, and what it may reveal. */
export interface SearchParameter {
  readonly type: ParameterType;
  /** Dotted paths; values of all of them count. */
  readonly paths: readonly string[];
  /** Types a reference may point at; the first is meant when a bare id is given. */
  readonly targets?: readonly ResourceType[];
  /** May match a locked resource: tells nothing that its stub does not tell. */
  readonly open?: true;
}

const token = (...paths: string[]): SearchParameter => ({ type: 'token', paths });
const openToken = (...paths: string[]): SearchParameter => ({ type: 'token', paths, open: true });
const date = (...paths: string[]): SearchParameter => ({ type: 'date', paths });
const text = (...paths: string[]): SearchParameter => ({ type: 'string', paths });
const refer = (path: string, ...targets: ResourceType[]): SearchParameter => ({
  type: 'reference',
  paths: [path],
  targets,
});
const openRefer = (path: string, ...targets: ResourceType[]): SearchParameter => ({
  ...refer(path, ...targets),
  open: true,
});
const name = (...paths: string[]): SearchParameter => ({ type: 'name', paths, open: true });

/** On every type. `_id`, `_content` and the result parameters are handled apart. */
export const commonParameters: Readonly<Record<string, SearchParameter>> = {
  _lastUpdated: { type: 'date', paths: ['meta.lastUpdated'] },
  _security: token('meta.security'),
  _tag: token('meta.tag'),
  _profile: token('meta.profile'),
};

const people = ['Practitioner', 'Patient', 'Organization'] as const;
const anything = [
  'DocumentReference',
  'List',
  'Patient',
  'Encounter',
  'Practitioner',
  'Organization',
  'Task',
  'Binary',
  'Consent',
] as const;

/**
 * What can be searched, type by type.
 * @source FHIR R4 search parameters; IHE MHD 4.2 ITI-66 and ITI-67 (creation, author.*, patient.identifier, designationType)
 */
export const searchParameters: Readonly<Record<ResourceType, Readonly<Record<string, SearchParameter>>>> = {
  Patient: {
    name: name('name'),
    family: name('name.family'),
    given: name('name.given'),
    identifier: openToken('identifier'),
    gender: token('gender'),
    birthdate: date('birthDate'),
    active: token('active'),
  },
  Encounter: {
    patient: openRefer('subject', 'Patient'),
    subject: openRefer('subject', 'Patient'),
    identifier: openToken('identifier'),
    status: openToken('status'),
    class: token('class'),
    date: date('period'),
    participant: refer('participant.individual', 'Practitioner'),
    'service-provider': refer('serviceProvider', 'Organization'),
    'service-type': token('serviceType'),
  },
  Practitioner: {
    name: name('name'),
    family: name('name.family'),
    given: name('name.given'),
    identifier: openToken('identifier'),
    active: openToken('active'),
  },
  Organization: {
    name: name('name', 'alias'),
    identifier: openToken('identifier'),
    type: openToken('type'),
    active: openToken('active'),
  },
  List: {
    code: openToken('code'),
    patient: openRefer('subject', 'Patient'),
    subject: openRefer('subject', 'Patient'),
    encounter: openRefer('encounter', 'Encounter'),
    identifier: openToken('identifier'),
    item: openRefer('entry.item', 'DocumentReference', 'List'),
    status: openToken('status'),
    date: date('date'),
    source: refer('source', 'Practitioner', 'Patient'),
    designationType: token('extension.valueCodeableConcept'),
    title: text('title'),
  },
  DocumentReference: {
    patient: openRefer('subject', 'Patient'),
    subject: openRefer('subject', 'Patient'),
    encounter: openRefer('context.encounter', 'Encounter'),
    identifier: openToken('masterIdentifier', 'identifier'),
    status: openToken('status'),
    type: openToken('type'),
    category: openToken('category'),
    date: date('date'),
    creation: date('content.attachment.creation'),
    period: date('context.period'),
    event: token('context.event'),
    facility: token('context.facilityType'),
    setting: token('context.practiceSetting'),
    format: token('content.format'),
    contenttype: token('content.attachment.contentType'),
    related: refer('context.related', ...anything),
    relatesto: refer('relatesTo.target', 'DocumentReference'),
    'security-label': token('securityLabel'),
    author: refer('author', ...people),
    custodian: refer('custodian', 'Organization'),
    description: text('description'),
    _content: { type: 'content', paths: [] },
  },
  Binary: { contenttype: token('contentType') },
  Provenance: {
    target: openRefer('target', ...anything),
    patient: openRefer('target', 'Patient'),
    entity: refer('entity.what', ...anything),
    agent: refer('agent.who', ...people),
    recorded: date('recorded'),
    activity: token('activity'),
  },
  AuditEvent: {
    date: date('recorded'),
    agent: refer('agent.who', ...people),
    patient: refer('entity.what', 'Patient'),
    entity: refer('entity.what', ...anything),
    type: token('type'),
    subtype: token('subtype'),
    action: token('action'),
    outcome: token('outcome'),
  },
  Task: {
    code: openToken('code'),
    status: openToken('status'),
    intent: openToken('intent'),
    'business-status': openToken('businessStatus'),
    identifier: openToken('identifier'),
    'group-identifier': openToken('groupIdentifier'),
    owner: openRefer('owner', ...people),
    requester: openRefer('requester', ...people),
    patient: openRefer('for', 'Patient'),
    subject: openRefer('for', 'Patient'),
    encounter: openRefer('encounter', 'Encounter'),
    focus: openRefer('focus', ...anything),
    'part-of': openRefer('partOf', 'Task'),
    period: date('executionPeriod'),
    'authored-on': date('authoredOn'),
    modified: date('lastModified'),
  },
  Consent: {
    patient: openRefer('patient', 'Patient'),
    status: openToken('status'),
    identifier: openToken('identifier'),
    date: date('dateTime'),
    period: date('provision.period'),
    actor: refer('provision.actor.reference', ...people),
    data: refer('provision.data.reference', ...anything),
  },
};

/** The parameter whose period starts define the main order of a type. */
export const mainOrder: Readonly<Record<ResourceType, string>> = {
  Patient: 'birthdate',
  Encounter: 'date',
  Practitioner: '_lastUpdated',
  Organization: '_lastUpdated',
  List: 'date',
  DocumentReference: 'period',
  Binary: '_lastUpdated',
  Provenance: 'recorded',
  AuditEvent: 'date',
  Task: 'authored-on',
  Consent: 'date',
};

export function findParameter(type: ResourceType, parameter: string): SearchParameter | undefined {
  const own = searchParameters[type];
  if (Object.hasOwn(own, parameter)) return own[parameter];
  return Object.hasOwn(commonParameters, parameter) ? commonParameters[parameter] : undefined;
}

/** Name of the index behind a parameter. */
export function indexName(type: ResourceType, parameter: string): string {
  return `${type}.${parameter}`;
}
