import { AnjuanError } from '../errors/anjuan-error.js';
import { field, list, number, text } from '../json/read.js';
import { PLAIN_ENGINE, type ArchiveCapabilities } from '../model/capabilities.js';
import { extensions } from '../model/fhir-names.js';

const uploads = ['binary-post', 'presigned', 'tus'] as const;

/**
 * Reads a CapabilityStatement. What the extension does not say is as on a plain engine.
 * Errors: `protocol-not-fhir` for anything else, `protocol-invalid` for another FHIR release than R4.
 */
export function readCapabilities(statement: unknown, requestId: string): ArchiveCapabilities {
  if (field(statement, 'resourceType') !== 'CapabilityStatement') {
    throw new AnjuanError('protocol-not-fhir', { requestId, details: { reason: 'no-capability-statement' } });
  }
  const release = text(statement, 'fhirVersion');
  if (release !== undefined && !/^4\.0/.test(release)) {
    throw new AnjuanError('protocol-invalid', { requestId, details: { reason: 'fhir-version' } });
  }
  const extension = list(statement, 'extension').find((one) => text(one, 'url') === extensions.archiveCapabilities);
  if (extension === undefined) return PLAIN_ENGINE;
  const parts = list(extension, 'extension');
  const part = (name: string): unknown => parts.find((one) => text(one, 'url') === name);
  const flag = (name: string, missing: boolean): boolean => {
    const value = field(part(name), 'valueBoolean');
    return typeof value === 'boolean' ? value : missing;
  };
  const size = (name: string, missing: number): number => {
    const value = number(part(name), 'valueDecimal');
    return value !== undefined && value >= 1 ? Math.floor(value) : missing;
  };
  const named = parts.filter((one) => text(one, 'url') === 'upload').map((one) => text(one, 'valueCode'));
  const upload = uploads.filter((mode) => named.includes(mode));
  return {
    workflow: text(part('workflow'), 'valueCode') === 'enforced' ? 'enforced' : PLAIN_ENGINE.workflow,
    crossPatientSearch: flag('cross-patient-search', PLAIN_ENGINE.crossPatientSearch),
    fullText: flag('full-text', PLAIN_ENGINE.fullText),
    labels: flag('labels', PLAIN_ENGINE.labels),
    range: flag('range', PLAIN_ENGINE.range),
    upload: upload.length > 0 ? upload : PLAIN_ENGINE.upload,
    pageService: flag('page-service', PLAIN_ENGINE.pageService),
    maxBinaryBytes: size('max-binary-bytes', PLAIN_ENGINE.maxBinaryBytes),
    maxPageSize: size('max-page-size', PLAIN_ENGINE.maxPageSize),
  };
}
