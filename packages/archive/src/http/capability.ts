import { extensions } from '@anjuan/core';
import type { JsonObject } from '../fhir/json.js';
import { resourceTypes, type ResourceType } from '../fhir/resource.js';
import { commonParameters, searchParameters, type ParameterType } from '../search/parameters.js';
import type { Service } from './service.js';

const wireTypes: Readonly<Record<ParameterType, string>> = {
  token: 'token',
  string: 'string',
  name: 'string',
  date: 'date',
  reference: 'reference',
  content: 'string',
};

function archiveCapabilities(service: Service): JsonObject {
  return {
    url: extensions.archiveCapabilities,
    extension: [
      { url: 'workflow', valueCode: 'advisory' },
      { url: 'cross-patient-search', valueBoolean: true },
      { url: 'full-text', valueBoolean: true },
      { url: 'labels', valueBoolean: true },
      { url: 'range', valueBoolean: true },
      { url: 'upload', valueCode: 'binary-post' },
      ...(service.uploadService ? [{ url: 'upload', valueCode: 'tus' }] : []),
      { url: 'page-service', valueBoolean: service.pageService !== undefined },
      { url: 'max-binary-bytes', valueDecimal: service.maxBinaryBytes },
      { url: 'max-page-size', valueDecimal: service.maxPageSize },
    ],
  };
}

function interactionsOf(type: ResourceType): readonly JsonObject[] {
  const codes = ['read', 'vread', 'history-instance', 'search-type', 'create'];
  const changing = type === 'AuditEvent' ? [] : ['update', ...(type === 'Binary' ? [] : ['patch'])];
  return [...codes, ...changing].map((code) => ({ code }));
}

function searchParamsOf(type: ResourceType): readonly JsonObject[] {
  const table = { _id: { type: 'token' as const }, ...commonParameters, ...searchParameters[type] };
  return Object.entries(table).map(([name, parameter]) => ({ name, type: wireTypes[parameter.type] }));
}

const documentOperations = ['page', 'page-text'];
const listOperations = ['record-manifest', 'search-text'];

function operationsOf(type: ResourceType, service: Service): JsonObject {
  if (!service.pageService) return {};
  const names = type === 'DocumentReference' ? documentOperations : type === 'List' ? listOperations : [];
  if (names.length === 0) return {};
  return { operation: names.map((name) => ({ name, definition: `urn:anjuan:fhir:OperationDefinition:${name}` })) };
}

/** Body of `GET metadata`; needs no token and tells nothing about what is stored. */
export function capabilityStatement(service: Service): JsonObject {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-01-01',
    kind: 'instance',
    implementation: { description: 'Anjuan reference archive' },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    patchFormat: ['application/json-patch+json'],
    extension: [archiveCapabilities(service)],
    rest: [
      {
        mode: 'server',
        security: { cors: true },
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
        resource: resourceTypes.map((type) => ({
          type,
          interaction: interactionsOf(type),
          versioning: 'versioned-update',
          readHistory: true,
          updateCreate: true,
          conditionalCreate: true,
          conditionalRead: 'full-support',
          searchParam: searchParamsOf(type),
          ...operationsOf(type, service),
        })),
      },
    ],
  };
}
