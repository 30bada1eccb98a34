import { WIDTH_LADDER_PX, extensions, type PageText, type RecordManifest, type Transport } from '@anjuan/core';
import { canary } from './canary.js';

export const canaryRecordId = 'canary-record';
const fhir = { 'content-type': 'application/fhir+json' };

const summary = {
  recordId: canaryRecordId,
  patientId: 'canary-patient',
  patientName: canary.name,
  gender: 'female',
  birthDate: '1980-01-01',
  recordNumber: canary.recordNumber,
  inpatientNumber: canary.inpatientNumber,
  department: '心内科',
  mainDiagnosis: { text: canary.text },
} as const;

const manifest: RecordManifest = {
  recordId: canaryRecordId,
  version: '1',
  status: 'archived',
  summary,
  documents: ['canary-doc-1', 'canary-doc-2'].map((documentId, index) => ({
    documentId,
    versionId: '1',
    state: 'ready',
    type: { code: 'C0035', display: '入院记录' },
    category: { code: 'course', display: '病程' },
    title: `${canary.text} ${canary.name}`,
    dateTime: `2026-03-0${index + 1}T08:00:00+08:00`,
    author: canary.name,
    mime: 'application/pdf',
    sizeBytes: 1000,
    labels: ['N'],
    pages: [
      {
        pageId: `${documentId}-0`,
        widthPt: 595,
        heightPt: 842,
        rotationDeg: 0,
        kind: 'text',
        widthsPx: [...WIDTH_LADDER_PX],
      },
    ],
  })),
};

const metadata = {
  resourceType: 'CapabilityStatement',
  status: 'active',
  fhirVersion: '4.0.1',
  format: ['json'],
  rest: [{ mode: 'server' }],
  extension: [
    {
      url: extensions.archiveCapabilities,
      extension: ['full-text', 'cross-patient-search', 'page-service'].map((url) => ({ url, valueBoolean: true })),
    },
  ],
};

function outcome(status: number): Response {
  const diagnostics = `${canary.name} ${canary.residentId} may not be read; query was ${canary.text}`;
  const issue = [{ severity: 'error', code: 'processing', diagnostics, details: { text: canary.name } }];
  return new Response(JSON.stringify({ resourceType: 'OperationOutcome', issue }), { status, headers: fhir });
}

function pageText(): PageText {
  const run = { text: canary.text, x: 60, y: 60, width: 200, height: 14 };
  return { pageIndex: 0, text: canary.text, runs: [run], source: 'pdf' };
}

/**
 * An archive whose every word is the canary's: record, page text, search, and errors that quote the patient.
 * `fail` makes it answer with such errors instead.
 */
export function canaryArchive({ image }: { readonly image: (widthPx: number) => Promise<Blob> | Blob }): {
  readonly transport: Transport;
  fail(status: number | undefined): void;
} {
  let failing: number | undefined;
  return {
    fail: (status) => {
      failing = status;
    },
    transport: async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      if (failing !== undefined) return outcome(failing);
      if (pathname.endsWith('/metadata')) return new Response(JSON.stringify(metadata), { headers: fhir });
      if (pathname.endsWith('$record-manifest')) {
        return new Response(JSON.stringify(manifest), { headers: { ...fhir, etag: 'W/"1"' } });
      }
      if (pathname.endsWith('$page')) {
        const picture = await image(Number(searchParams.get('width')));
        return new Response(picture, { headers: { 'content-type': 'image/jpeg' } });
      }
      if (pathname.endsWith('$page-text')) return new Response(JSON.stringify(pageText()), { headers: fhir });
      return outcome(404);
    },
  };
}
