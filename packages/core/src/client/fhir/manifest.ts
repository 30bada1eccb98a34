import { AnjuanError } from '../../errors/anjuan-error.js';
import { isErrorCode, type ErrorCode } from '../../errors/codes.js';
import { boolean, field, list, number, text } from '../../json/read.js';
import type { Coding, DocumentEntry, DocumentHeader, LockReason } from '../../model/document.js';
import type { PageEntry, RotationDeg } from '../../model/page.js';
import type { RecordManifest, RecordStatus, RecordSummary } from '../../model/record.js';

/** Thirty-five metres: beyond it no scroll bar and no canvas arithmetic holds. */
const MAX_SIDE_PT = 100_000;

/**
 * Checks the body of `$record-manifest`. A document with impossible pages becomes `unmeasured` or `broken`; the rest
 * stays usable.
 * Errors: `protocol-invalid` when it is no manifest of this record.
 */
export function readManifest(value: unknown, expected: { recordId: string; requestId: string }): RecordManifest {
  const { recordId, requestId } = expected;
  const status = text(value, 'status');
  const known = status === 'working' || status === 'archived' || status === 'sealed';
  if (text(value, 'recordId') !== recordId || !known || !Array.isArray(field(value, 'documents'))) {
    throw new AnjuanError('protocol-invalid', { requestId, details: { reason: 'no-manifest' } });
  }
  return {
    recordId,
    version: text(value, 'version') ?? '',
    status: status satisfies RecordStatus,
    summary: readSummary(field(value, 'summary'), recordId),
    documents: list(value, 'documents').flatMap((document) => readDocument(document) ?? []),
  };
}

function readSummary(value: unknown, recordId: string): RecordSummary {
  const gender = text(value, 'gender');
  const visitNumber = number(value, 'visitNumber');
  const diagnosis = text(value, 'mainDiagnosis', 'text');
  const code = text(value, 'mainDiagnosis', 'code');
  const names = ['birthDate', 'recordNumber', 'inpatientNumber', 'department', 'admittedOn', 'dischargedOn'] as const;
  const texts = names.flatMap((name) => {
    const found = text(value, name);
    return found === undefined ? [] : [[name, found] as const];
  });
  return {
    recordId,
    patientId: text(value, 'patientId') ?? '',
    patientName: text(value, 'patientName') ?? '',
    gender: gender === 'male' || gender === 'female' || gender === 'other' ? gender : 'unknown',
    ...Object.fromEntries(texts),
    ...(visitNumber !== undefined && { visitNumber }),
    ...(diagnosis !== undefined && { mainDiagnosis: { text: diagnosis, ...(code !== undefined && { code }) } }),
  };
}

function readDocument(value: unknown): DocumentEntry | undefined {
  const header = readHeader(value);
  if (!header) return undefined;
  const state = text(value, 'state');
  if (state === 'locked') return { ...header, state, reason: readReason(value), pages: [] };
  if (state === 'unmeasured') return { ...header, state, pages: [] };
  if (state !== 'ready') return { ...header, state: 'broken', code: readCode(value), pages: [] };
  const pages = list(value, 'pages').map(readPage);
  const sound = pages.filter((page) => page !== undefined);
  if (pages.length === 0) return { ...header, state: 'broken', code: 'document-empty', pages: [] };
  // Sizes that cannot be: the file itself knows better.
  if (sound.length < pages.length) return { ...header, state: 'unmeasured', pages: [] };
  if (sound.some(isAbsurd)) return { ...header, state: 'broken', code: 'pdf-too-large', pages: [] };
  return { ...header, state, pages: sound };
}

function readHeader(value: unknown): DocumentHeader | undefined {
  const documentId = text(value, 'documentId');
  if (documentId === undefined) return undefined;
  const digest = text(value, 'digest');
  const url = text(value, 'url');
  const signed = boolean(value, 'signed');
  return {
    documentId,
    versionId: text(value, 'versionId') ?? '',
    type: readCoding(field(value, 'type')),
    category: readCoding(field(value, 'category')),
    title: text(value, 'title') ?? text(value, 'type', 'display') ?? '',
    dateTime: text(value, 'dateTime') ?? '',
    author: text(value, 'author') ?? '',
    mime: text(value, 'mime') ?? 'application/octet-stream',
    sizeBytes: number(value, 'sizeBytes') ?? 0,
    labels: list(value, 'labels').filter((label): label is string => typeof label === 'string'),
    ...(digest !== undefined && { digest }),
    ...(url !== undefined && { url }),
    ...(signed !== undefined && { signed }),
  };
}

function readCoding(value: unknown): Coding {
  const code = text(value, 'code') ?? '';
  const system = text(value, 'system');
  return { code, display: text(value, 'display') ?? code, ...(system !== undefined && { system }) };
}

function readCode(value: unknown): ErrorCode {
  const code = text(value, 'code');
  return isErrorCode(code) ? code : 'unexpected';
}

function readReason(value: unknown): LockReason {
  const reason = text(value, 'reason');
  return reason === 'sealed' || reason === 'grant-expired' ? reason : 'label';
}

function isAbsurd({ widthPt, heightPt }: PageEntry): boolean {
  return widthPt > MAX_SIDE_PT || heightPt > MAX_SIDE_PT;
}

function readPage(value: unknown): PageEntry | undefined {
  const pageId = text(value, 'pageId');
  const widthPt = number(value, 'widthPt') ?? 0;
  const heightPt = number(value, 'heightPt') ?? 0;
  if (pageId === undefined || widthPt <= 0 || heightPt <= 0) return undefined;
  const rotation = number(value, 'rotationDeg') ?? 0;
  const kind = text(value, 'kind');
  return {
    pageId,
    widthPt,
    heightPt,
    rotationDeg: ([0, 90, 180, 270].includes(rotation) ? rotation : 0) as RotationDeg,
    kind: kind === 'scan' || kind === 'image' ? kind : 'text',
    widthsPx: list(value, 'widthsPx').filter((width): width is number => typeof width === 'number' && width > 0),
  };
}
