import type { FolderDocument, RecordFolder } from '../folder-format.js';

const attending = { practitionerId: 'pr-1', name: '沈明远' };

/** One document of the sample stay. */
export function sampleDocument(documentId: string, parts: Partial<FolderDocument> = {}): FolderDocument {
  return {
    documentId,
    file: `${documentId}.pdf`,
    mime: 'application/pdf',
    typeCode: 'C0034',
    title: '入院记录',
    dateTime: '2026-03-02T10:15:00+08:00',
    author: attending,
    ...parts,
  };
}

/** A stay of an invented patient with a front page. */
export function sampleRecord(parts: Partial<RecordFolder> = {}): RecordFolder {
  return {
    format: 'anjuan-record-folder/1',
    recordId: 'stay-1',
    status: 'archived',
    patient: { patientId: 'pt-1', name: '林一晨', pinyin: 'lin yi chen', gender: 'female', birthDate: '1961-02-03' },
    stay: {
      recordNumber: 'B0000001',
      inpatientNumber: 'ZY0000001',
      visitNumber: 1,
      department: { code: 'cardiology', display: '心内科' },
      admittedOn: '2026-03-02T09:00+08:00',
      dischargedOn: '2026-03-09T10:00:00+08:00',
      mainDiagnosis: { code: 'I21.9', display: '急性心肌梗死' },
      attending,
    },
    documents: [
      sampleDocument('stay-1-front', { typeCode: 'C0032', title: '住院病案首页' }),
      sampleDocument('stay-1-admission'),
    ],
    ...parts,
  };
}
