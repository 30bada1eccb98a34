import { type AnjuanError } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import {
  discard,
  esclPage,
  esclRetry,
  esclSend,
  esclText,
  httpFault,
  PAGE_TRIES,
  TRIES,
  type EsclHttpOptions,
} from './escl-http.js';
import { jobUrl } from './job-url.js';
import { scanSettingsXml, type EsclJobSettings } from './scan-settings.js';
import { parseStatus, statusFault } from './status.js';

/** One scan. */
export interface ScanJob {
  readonly http: EsclHttpOptions;
  readonly baseUrl: string;
  readonly settings: EsclJobSettings;
  readonly signal: AbortSignal | undefined;
}

/** Most pages of one job: a feeder holds a few hundred. */
const MAX_PAGES = 2000;

/**
 * The pages of one job, as the scanner made them. What came is delivered before an error is thrown; a job that is left early
 * is cancelled at the scanner.
 */
export async function* scanPages(job: ScanJob): AsyncGenerator<Blob> {
  const before = await fault(job);
  // A scanner that is busy may be done in a moment, so the job itself is tried.
  if (before && before.code !== 'scanner-busy') throw before;
  const url = await create(job);
  let ended = false;
  try {
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const page = await nextPage(job, url);
      if (!page) {
        ended = true;
        await assertGoodEnd(job, pages);
        return;
      }
      yield page;
    }
    throw captureError('device-protocol', { details: { part: 'too-many-pages' } });
  } finally {
    if (!ended) await cancel(job, url);
  }
}

async function create({ http, baseUrl, settings, signal, ...rest }: ScanJob): Promise<string> {
  const call = { method: 'POST', url: `${baseUrl}/ScanJobs`, body: scanSettingsXml(settings), signal } as const;
  const response = await esclRetry(http, call, TRIES);
  await discard(response);
  if (response.status === 201) return jobUrl(baseUrl, response.headers.get('location') ?? '');
  throw (await fault({ http, baseUrl, settings, signal, ...rest })) ?? httpFault(response.status);
}

async function nextPage(job: ScanJob, url: string): Promise<Blob | undefined> {
  const { http, signal, settings } = job;
  const call = { method: 'GET', url: `${url}/NextDocument`, signal, timeoutMs: http.pageTimeoutMs } as const;
  const response = await esclRetry(http, call, PAGE_TRIES);
  if (response.status === 200) {
    const bytes = await esclPage(http, response, signal);
    if (bytes.length === 0) throw captureError('device-protocol', { details: { part: 'page-empty' } });
    return new Blob([bytes], { type: settings.format });
  }
  await discard(response);
  if (response.status === 404) return undefined;
  throw (await fault(job)) ?? httpFault(response.status);
}

/** 404 also ends a job whose paper got stuck, or that never had paper. */
async function assertGoodEnd(job: ScanJob, pages: number): Promise<void> {
  const after = await fault(job);
  const stuck =
    after && (after.code === 'scanner-jam' || after.code === 'scanner-open' || after.code === 'scanner-failed');
  if (stuck) throw after;
  if (pages === 0) throw after ?? captureError(job.settings.input === 'platen' ? 'scanner-failed' : 'scanner-empty');
}

async function fault({ http, baseUrl, settings, signal }: ScanJob): Promise<AnjuanError | undefined> {
  return statusFault(parseStatus(await esclText(http, `${baseUrl}/ScannerStatus`, signal)), settings.input);
}

/** Tells the scanner to stop, whatever became of the caller's signal; nobody waits for more than a short answer. */
async function cancel({ http }: ScanJob, url: string): Promise<void> {
  await esclSend(http, { method: 'DELETE', url }).then(discard, () => undefined);
}
