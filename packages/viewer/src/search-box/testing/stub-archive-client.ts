import {
  AnjuanError,
  PLAIN_ENGINE,
  type ArchiveClient,
  type RecordPage,
  type RecordQuery,
  type RecordSummary,
} from '@anjuan/core';

/** One request of the search: a test answers it, or sees that it was aborted. */
export interface PendingSearch {
  readonly query: RecordQuery;
  readonly continuation: string | undefined;
  readonly signal: AbortSignal | undefined;
  answer(page: RecordPage): void;
  fail(error: AnjuanError): void;
}

/** An archive client whose answers a test or a story gives by hand. */
export class StubArchiveClient implements ArchiveClient {
  readonly baseUrl = 'https://archive.invalid/fhir';
  /** Every search request made so far, oldest first. */
  readonly searches: PendingSearch[] = [];
  readonly #waiting: ((search: PendingSearch) => void)[] = [];

  readonly records: ArchiveClient['records'] = {
    search: (query, options) => {
      const request = (continuation?: string): Promise<RecordPage> =>
        this.#request(query, continuation, options?.signal);
      async function* byPage(from?: { readonly continuation?: string }): AsyncGenerator<RecordPage> {
        let page = await request(from?.continuation);
        yield page;
        while (page.continuation !== undefined) {
          page = await request(page.continuation);
          yield page;
        }
      }
      return {
        byPage,
        async *[Symbol.asyncIterator]() {
          for await (const page of byPage()) yield* page.records;
        },
      };
    },
    open: () => Promise.reject(new AnjuanError('record-not-found')),
    searchText: () => Promise.reject(new AnjuanError('record-not-found')),
  };

  request(): Promise<never> {
    return Promise.reject(new AnjuanError('capability-missing'));
  }

  readonly documents: ArchiveClient['documents'] = {
    bytes: () => Promise.reject(new AnjuanError('document-not-found')),
    openBytes: () => Promise.reject(new AnjuanError('document-not-found')),
    pageImage: () => Promise.reject(new AnjuanError('page-not-found')),
    pageText: () => Promise.reject(new AnjuanError('page-not-found')),
    versions: () => Promise.resolve([]),
  };

  capabilities(): Promise<typeof PLAIN_ENGINE> {
    return Promise.resolve(PLAIN_ENGINE);
  }

  close(): void {
    this.searches.length = 0;
  }

  /** The next search request that is made from now on. */
  nextSearch(): Promise<PendingSearch> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #request(query: RecordQuery, continuation: string | undefined, signal: AbortSignal | undefined): Promise<RecordPage> {
    return new Promise((resolve, reject) => {
      const search = { query, continuation, signal, answer: resolve, fail: reject };
      signal?.addEventListener('abort', () => reject(new AnjuanError('aborted')), { once: true });
      this.searches.push(search);
      this.#waiting.shift()?.(search);
    });
  }
}

const SURNAMES = ['张', '王', '李', '赵', '陈', '杨', '周', '吴'];
const GIVEN = ['建国', '秀英', '海涛', '雨桐', '志强', '淑兰', '子涵', '晓梅'];
const DEPARTMENTS = ['心血管内科', '呼吸与危重症医学科', '普通外科', '神经内科', '儿科'];
const DIAGNOSES = ['急性前壁心肌梗死', '社区获得性肺炎', '急性阑尾炎', '脑梗死后遗症', '支气管哮喘急性发作'];

/** Index cards of people who do not exist. */
export function sampleRecords(count: number, from = 0): RecordSummary[] {
  return Array.from({ length: count }, (_, offset) => {
    const n = from + offset;
    const day = String((n % 27) + 1).padStart(2, '0');
    return {
      recordId: `record-${n}`,
      patientId: `patient-${n}`,
      patientName: `${SURNAMES[n % SURNAMES.length]}${GIVEN[(n * 3) % GIVEN.length]}`,
      gender: n % 2 === 0 ? 'male' : 'female',
      birthDate: `${1941 + ((n * 7) % 70)}-05-${day}`,
      recordNumber: `BA${String(20260000 + n)}`,
      inpatientNumber: `ZY${String(990000 + n)}`,
      visitNumber: (n % 3) + 1,
      department: DEPARTMENTS[n % DEPARTMENTS.length] ?? '',
      admittedOn: `2026-02-${day}T09:30:00+08:00`,
      ...(n % 5 === 4 ? {} : { dischargedOn: `2026-03-${day}T10:00:00+08:00` }),
      mainDiagnosis: { text: DIAGNOSES[n % DIAGNOSES.length] ?? '' },
    };
  });
}
