import { createArchiveClient, type ArchiveClient, type RecordPage, type RecordSummary } from '@anjuan/core';

const PAGE_SIZE = 20;

/** A client that finds these index cards whatever is asked, page by page: for stories without an archive. */
export function fixedRecordsClient(cards: readonly RecordSummary[]): ArchiveClient {
  const total = cards.length;
  const client = createArchiveClient({ baseUrl: new URL('/fhir', location.href).href });
  async function* byPage(from?: { readonly continuation?: string }): AsyncGenerator<RecordPage> {
    for (let start = Number(from?.continuation ?? 0); start < total; start += PAGE_SIZE) {
      const end = Math.min(total, start + PAGE_SIZE);
      const records = cards.slice(start, end);
      yield { records, total, ...(end < total ? { continuation: String(end) } : {}) };
    }
  }
  return {
    ...client,
    records: {
      ...client.records,
      search: () => ({
        byPage,
        async *[Symbol.asyncIterator]() {
          for await (const page of byPage()) yield* page.records;
        },
      }),
    },
  };
}

/** Index cards of invented people. */
export function indexCards(count: number): RecordSummary[] {
  return Array.from({ length: count }, (_, index) => indexCard(index));
}

/** What a hostile or broken source system may send. */
export const hostileCards: readonly RecordSummary[] = [
  {
    recordId: 'markup',
    patientId: 'markup',
    patientName: `<img src=x onerror="document.title='x'">`,
    gender: 'other',
    recordNumber: `B<b>1</b>${'9'.repeat(500)}`,
    department: '<script>document.title="x"</script>',
    mainDiagnosis: { text: '{{constructor.constructor("return 1")()}}' },
  },
  {
    recordId: 'long',
    patientId: 'long',
    patientName: `\u202egpj.exe ${'长'.repeat(10_000)}`,
    gender: 'unknown',
    visitNumber: 99_999,
    department: '部'.repeat(10_000),
    admittedOn: 'not a date',
    mainDiagnosis: { text: '诊'.repeat(10_000) },
  },
  {
    recordId: 'uyghur',
    patientId: 'uyghur',
    patientName: 'ئابدۇراخمان · 阿卜杜热合曼',
    gender: 'male',
    birthDate: '2026-02-20',
    admittedOn: '2026-03-01',
    dischargedOn: '2026-03-05',
    department: '新生儿科',
    mainDiagnosis: { text: '新生儿高胆红素血症' },
  },
];

const surnames = ['张', '王', '李', '赵', '陈', '杨', '周', '吴'] as const;
const given = ['建国', '秀英', '海涛', '雨桐', '志强', '淑兰', '子涵', '晓梅'] as const;
const departments = ['心血管内科', '呼吸与危重症医学科', '普通外科', '神经内科', '儿科'] as const;
const diagnoses = ['急性前壁心肌梗死', '社区获得性肺炎', '急性阑尾炎', '脑梗死后遗症', '支气管哮喘急性发作'] as const;

const turn = <T>(list: readonly [T, ...T[]], n: number): T => list[n % list.length] ?? list[0];

function indexCard(n: number): RecordSummary {
  const day = String((n % 27) + 1).padStart(2, '0');
  return {
    recordId: `record-${n}`,
    patientId: `patient-${n}`,
    patientName: turn(surnames, n) + turn(given, n * 3),
    gender: n % 2 === 0 ? 'male' : 'female',
    birthDate: `${1941 + ((n * 7) % 70)}-05-${day}`,
    recordNumber: `BA${20260000 + n}`,
    visitNumber: (n % 3) + 1,
    department: turn(departments, n),
    admittedOn: `2026-02-${day}T09:30:00+08:00`,
    ...(n % 5 === 4 ? {} : { dischargedOn: `2026-03-${day}T10:00:00+08:00` }),
    mainDiagnosis: { text: turn(diagnoses, n) },
  };
}
