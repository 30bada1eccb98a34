import type { ResourceType } from './resource.js';

export interface ElementRule {
  readonly shape: 'string' | 'object' | 'array' | 'date';
  readonly required?: true;
  /** Allowed codes. */
  readonly codes?: readonly string[];
}

const text: ElementRule = { shape: 'string' };
const object: ElementRule = { shape: 'object' };
const list: ElementRule = { shape: 'array' };
const when: ElementRule = { shape: 'date' };
const must = (rule: ElementRule): ElementRule => ({ ...rule, required: true });
const code = (...codes: string[]): ElementRule => ({ shape: 'string', codes });

const taskStatus = code(
  ...['draft', 'requested', 'received', 'accepted', 'rejected', 'ready', 'cancelled', 'in-progress', 'on-hold'],
  ...['failed', 'completed', 'entered-in-error'],
);
const taskIntent = code(
  ...[
    'unknown',
    'proposal',
    'plan',
    'order',
    'original-order',
    'reflex-order',
    'filler-order',
    'instance-order',
    'option',
  ],
);
const encounterStatus = code(
  ...[
    'planned',
    'arrived',
    'triaged',
    'in-progress',
    'onleave',
    'finished',
    'cancelled',
    'entered-in-error',
    'unknown',
  ],
);

/**
 * The elements the archive relies on. Everything else is kept as it came.
 * @source FHIR R4 resource definitions
 */
export const elementRules: Readonly<Record<ResourceType, Readonly<Record<string, ElementRule>>>> = {
  Patient: { name: list, identifier: list, gender: code('male', 'female', 'other', 'unknown'), birthDate: when },
  Practitioner: { name: list, identifier: list },
  Organization: { name: text, identifier: list },
  Encounter: { status: must(encounterStatus), class: must(object), subject: object, period: object, participant: list },
  List: {
    status: must(code('current', 'retired', 'entered-in-error')),
    mode: must(code('working', 'snapshot', 'changes')),
    code: object,
    subject: object,
    encounter: object,
    date: when,
    identifier: list,
    entry: list,
  },
  DocumentReference: {
    status: must(code('current', 'superseded', 'entered-in-error')),
    content: must(list),
    masterIdentifier: object,
    identifier: list,
    docStatus: code('preliminary', 'final', 'amended', 'entered-in-error'),
    type: object,
    category: list,
    subject: object,
    date: when,
    author: list,
    description: text,
    securityLabel: list,
    context: object,
    relatesTo: list,
  },
  Binary: { contentType: must(text), securityContext: object },
  Provenance: { target: must(list), recorded: must(when), agent: must(list) },
  AuditEvent: { type: must(object), recorded: must(when), agent: must(list), source: must(object), entity: list },
  Task: { status: must(taskStatus), intent: must(taskIntent), code: object, for: object, focus: object },
  Consent: {
    status: must(code('draft', 'proposed', 'active', 'rejected', 'inactive', 'entered-in-error')),
    scope: must(object),
    category: must(list),
  },
};
