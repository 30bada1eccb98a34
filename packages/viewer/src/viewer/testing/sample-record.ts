import {
  categoryOfType,
  WIDTH_LADDER_PX,
  type DocumentEntry,
  type DocumentHeader,
  type PageEntry,
  type RecordManifest,
  type RecordSummary,
} from '@anjuan/core';

/** A4 portrait in points. */
const A4 = { widthPt: 595, heightPt: 842 };

export function samplePages(documentId: string, count: number): readonly PageEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    ...A4,
    pageId: `${documentId}-${index}`,
    rotationDeg: 0,
    kind: 'text',
    widthsPx: WIDTH_LADDER_PX,
  }));
}

type SampleHeader = { readonly documentId: string; readonly type: string } & Partial<Omit<DocumentHeader, 'type'>>;

function header({ documentId, type, ...rest }: SampleHeader): DocumentHeader {
  const category = categoryOfType(type);
  return {
    documentId,
    versionId: '1',
    type: { code: type, display: category.zh },
    category: { code: category.code, display: category.zh },
    title: category.zh,
    dateTime: '2026-03-02T09:12:00+08:00',
    author: '〔医师甲〕',
    mime: 'application/pdf',
    sizeBytes: 1000,
    labels: ['N'],
    ...rest,
  };
}

export function readyDocument(options: SampleHeader & { readonly pageCount?: number }): DocumentEntry {
  const { pageCount = 1, ...rest } = options;
  return { ...header(rest), state: 'ready', pages: samplePages(options.documentId, pageCount) };
}

export function brokenDocument(options: SampleHeader): DocumentEntry {
  return { ...header(options), state: 'broken', code: 'pdf-malformed', pages: [] };
}

export function lockedDocument(options: SampleHeader): DocumentEntry {
  return { ...header(options), state: 'locked', reason: 'label', pages: [] };
}

export const SAMPLE_SUMMARY: RecordSummary = {
  recordId: 'rec-1',
  patientId: 'pat-1',
  patientName: '〔患者甲〕',
  gender: 'female',
  department: '心内科',
  admittedOn: '2026-03-02',
  dischargedOn: '2026-03-11',
};

/** 7 documents, 12 pages, one broken and one locked. */
export const sampleDocuments: readonly DocumentEntry[] = [
  readyDocument({ documentId: 'front', type: 'C0032', title: '住院病案首页', pageCount: 2 }),
  readyDocument({ documentId: 'admission', type: 'C0035', title: '入院记录', pageCount: 3 }),
  readyDocument({ documentId: 'course-1', type: 'C0037', title: '首次病程记录' }),
  readyDocument({
    documentId: 'course-2',
    type: 'C0038',
    title: '日常病程记录',
    dateTime: '2026-03-03T08:00:00+08:00',
  }),
  brokenDocument({ documentId: 'lab', type: 'C0007', title: '血常规' }),
  lockedDocument({ documentId: 'locked', type: 'C0026' }),
  readyDocument({ documentId: 'discharge', type: 'C0049', title: '出院记录', author: '〔医师乙〕', pageCount: 5 }),
];

export function sampleManifest(options: Partial<RecordManifest> = {}): RecordManifest {
  return {
    recordId: 'rec-1',
    version: '7',
    status: 'archived',
    summary: SAMPLE_SUMMARY,
    documents: sampleDocuments,
    ...options,
  };
}
