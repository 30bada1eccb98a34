import { codeSystems, extensions, type LockReason } from '@anjuan/core';
import { objectsAt, stringAt, type JsonObject } from '../fhir/json.js';
import type { FhirResource } from '../fhir/resource.js';

/** System of the tag `SUBSETTED`. */
export const OBSERVATION_VALUE = 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue';

/** Codes only: displays and texts are often the document's title. */
function codesOnly(concept: unknown): JsonObject {
  const coding = objectsAt(concept, 'coding').map(({ system, code }) => ({
    ...(typeof system === 'string' && { system }),
    ...(typeof code === 'string' && { code }),
  }));
  return { coding };
}

function subjectOf(resource: FhirResource): JsonObject {
  const reference = stringAt(resource, 'subject.reference');
  return reference === undefined ? {} : { subject: { reference } };
}

function bodyOf(resource: FhirResource): JsonObject {
  const { status, mode } = resource;
  switch (resource.resourceType) {
    case 'DocumentReference':
      return {
        ...(status !== undefined && { status }),
        ...(resource['type'] !== undefined && { type: codesOnly(resource['type']) }),
        category: objectsAt(resource, 'category').map(codesOnly),
        ...subjectOf(resource),
        content: [{ attachment: {} }],
      };
    case 'List':
      return {
        ...(status !== undefined && { status }),
        ...(mode !== undefined && { mode }),
        ...(resource['code'] !== undefined && { code: codesOnly(resource['code']) }),
        ...subjectOf(resource),
      };
    default:
      return {};
  }
}

/** All that a user may know of a locked resource: that it is there, of which category, and why it is locked. */
export function stubOf(resource: FhirResource, reason: LockReason): FhirResource {
  const versionId = resource.meta?.versionId;
  return {
    resourceType: resource.resourceType,
    ...(resource.id !== undefined && { id: resource.id }),
    meta: {
      ...(versionId !== undefined && { versionId }),
      security: [{ system: codeSystems.sensitivity, code: 'REDACTED' }],
      tag: [{ system: OBSERVATION_VALUE, code: 'SUBSETTED' }],
    },
    extension: [{ url: extensions.lockReason, valueCode: reason }],
    ...bodyOf(resource),
  };
}
