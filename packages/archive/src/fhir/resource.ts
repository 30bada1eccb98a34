import type { JsonObject } from './json.js';

/** Types the archive stores, in the order of the CapabilityStatement. */
export const resourceTypes = [
  'Patient',
  'Encounter',
  'Practitioner',
  'Organization',
  'List',
  'DocumentReference',
  'Binary',
  'Provenance',
  'AuditEvent',
  'Task',
  'Consent',
] as const;

/** One of the stored types. */
export type ResourceType = (typeof resourceTypes)[number];

export function isResourceType(value: unknown): value is ResourceType {
  return typeof value === 'string' && (resourceTypes as readonly string[]).includes(value);
}

export interface ResourceMeta extends JsonObject {
  readonly versionId?: string;
  readonly lastUpdated?: string;
}

/** A FHIR resource as stored: JSON with a type. Everything else is unknown until read with `valuesAt`. */
export interface FhirResource extends JsonObject {
  readonly resourceType: string;
  readonly id?: string;
  readonly meta?: ResourceMeta;
}

/** Points at the current version of a resource. */
export interface ResourceKey {
  readonly type: ResourceType;
  readonly id: string;
}

/** `Type/id`, the form of literal references inside one archive. */
export function keyText(key: ResourceKey): string {
  return `${key.type}/${key.id}`;
}

/** @source FHIR R4 datatypes, id */
export const ID_PATTERN = /^[A-Za-z0-9\-.]{1,64}$/;
