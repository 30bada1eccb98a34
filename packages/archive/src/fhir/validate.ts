import { profiles } from '@anjuan/core';
import { parseDate } from '../search/date-range.js';
import { elementRules, type ElementRule } from './elements.js';
import { isObject, objectsAt, stringsAt, valuesAt } from './json.js';
import { badRequest, unprocessable } from './refusal.js';
import { ID_PATTERN, isResourceType, type FhirResource, type ResourceType } from './resource.js';

/** Deeper content is an attack on parsers, not a record. */
const MAX_DEPTH = 64;

function depthOk(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return left > 0 && Object.values(value).every((child) => depthOk(child, left - 1));
}

function hasShape(value: unknown, rule: ElementRule): boolean {
  switch (rule.shape) {
    case 'string':
      return typeof value === 'string' && (rule.codes === undefined || rule.codes.includes(value));
    case 'date':
      return typeof value === 'string' && parseDate(value) !== undefined;
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value) && value.length > 0;
  }
}

/** Checks that a body is a resource of the type, as far as the archive relies on it. Throws 400 or 422. */
export function validateResource(body: unknown, type?: ResourceType): FhirResource & { resourceType: ResourceType } {
  if (!isObject(body)) throw badRequest('The body is not a FHIR resource.');
  const { resourceType } = body;
  if (!isResourceType(resourceType))
    throw badRequest('The resource type is missing or not supported.', ['resourceType']);
  if (type !== undefined && resourceType !== type)
    throw badRequest('The resource type is not that of the URL.', ['resourceType']);
  if (body['id'] !== undefined && (typeof body['id'] !== 'string' || !ID_PATTERN.test(body['id']))) {
    throw unprocessable('The id is not valid.', [`${resourceType}.id`]);
  }
  if (body['meta'] !== undefined && !isObject(body['meta'])) throw unprocessable('meta is not an object.', ['meta']);
  if (!depthOk(body, MAX_DEPTH)) throw unprocessable('The content is nested too deeply.');
  for (const [name, rule] of Object.entries(elementRules[resourceType])) {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    const expression = [`${resourceType}.${name}`];
    if (value === undefined && rule.required) throw unprocessable('A required element is missing.', expression);
    if (value !== undefined && !hasShape(value, rule)) throw unprocessable('An element has a wrong value.', expression);
  }
  const resource = { ...body, resourceType };
  if (resourceType === 'DocumentReference') validateDocument(resource);
  if (resourceType === 'List') validateList(resource);
  return resource;
}

function validateDocument(resource: FhirResource): void {
  const contents = valuesAt(resource, 'content');
  if (contents.length !== objectsAt(resource, 'content.attachment').length) {
    throw unprocessable('Every content needs one attachment.', ['DocumentReference.content.attachment']);
  }
  if (!stringsAt(resource, 'meta.profile').includes(profiles.archivedDocument)) return;
  // The rules of IHE MHD 4.2 that an archived document keeps.
  if (contents.length !== 1)
    throw unprocessable('An archived document has one content.', ['DocumentReference.content']);
  if (resource['docStatus'] !== undefined) {
    throw unprocessable('An archived document has no docStatus.', ['DocumentReference.docStatus']);
  }
  for (const name of ['masterIdentifier', 'type', 'securityLabel']) {
    if (resource[name] === undefined)
      throw unprocessable('A required element is missing.', [`DocumentReference.${name}`]);
  }
}

function validateList(resource: FhirResource): void {
  if (valuesAt(resource, 'entry').length !== objectsAt(resource, 'entry.item').length) {
    throw unprocessable('Every entry needs an item.', ['List.entry.item']);
  }
  if (!stringsAt(resource, 'meta.profile').includes(profiles.recordFolder)) return;
  for (const name of ['subject', 'encounter']) {
    if (resource[name] === undefined) throw unprocessable('A required element is missing.', [`List.${name}`]);
  }
}
