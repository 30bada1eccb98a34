import { seededRandom } from '../../bench/lib/random.js';

/** What goes wrong in the browser. */
export const tabFaults = [
  'tab-crash',
  'tab-close',
  'worker-kill',
  'idb-abort',
  'quota',
  'clock-jump',
  'second-tab',
] as const;
/** What goes wrong between browser and archive. */
export const wireFaults = [
  'offline',
  'status-401',
  'status-409',
  'status-460',
  'status-500',
  'status-503',
  'duplicate-part',
  'answer-lost',
  'archive-kill',
] as const;

export type TabFault = (typeof tabFaults)[number];
export type WireFault = (typeof wireFaults)[number];
export type FaultKind = TabFault | WireFault;

/** `add`: while the page is being stored; `work`: while the worker has it; `finish`: while the batch is sent. */
export type FaultStep = 'before' | 'add' | 'work' | 'finish';

export interface PlannedFault {
  readonly number: number;
  readonly kind: FaultKind;
  readonly step: FaultStep;
}

export interface PlannedPage {
  readonly pageId: string;
  /** Makes its picture, and with it its digest, different from every other. */
  readonly picture: number;
  /** Index of its document in the batch. */
  readonly document: number;
  readonly faults: readonly PlannedFault[];
}

export interface PlannedBatch {
  readonly number: number;
  readonly recordId: string;
  readonly documentIds: readonly string[];
  readonly pages: readonly PlannedPage[];
  readonly finishFaults: readonly PlannedFault[];
}

export interface ChaosPlan {
  readonly seed: number;
  readonly records: readonly string[];
  readonly batches: readonly PlannedBatch[];
}

export interface ChaosSize {
  readonly pages: number;
  readonly faults: number;
  readonly seed: number;
  /** Pages of a batch. Default 25. */
  readonly batchPages?: number;
}

/** Everything that will happen, from one seed. */
export function makePlan({ pages, faults, seed, batchPages = 25 }: ChaosSize): ChaosPlan {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const uuid = (): string => {
    const hex = Array.from({ length: 32 }, () => below(16).toString(16)).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  const kinds: readonly FaultKind[] = [...tabFaults, ...wireFaults];
  const steps: readonly FaultStep[] = ['before', 'add', 'work', 'finish'];
  const where = new Map<number, PlannedFault[]>();
  for (let number = 0; number < faults; number += 1) {
    const page = below(pages);
    // Every kind comes as often as every other, whatever the seed.
    const kind = kinds[number % kinds.length] ?? 'offline';
    const step = steps[below(steps.length)] ?? 'before';
    where.set(page, [...(where.get(page) ?? []), { number, kind, step }]);
  }
  const count = Math.ceil(pages / batchPages);
  const records = Array.from({ length: Math.max(1, Math.ceil(count / 8)) }, (_, index) => `chaos-${index}`);
  const batches = Array.from({ length: count }, (_, number): PlannedBatch => {
    const first = number * batchPages;
    const size = Math.min(batchPages, pages - first);
    const documents = 1 + below(3);
    const planned = Array.from({ length: size }, (_page, index) => {
      const found = where.get(first + index) ?? [];
      const document = Math.floor((index * documents) / size);
      return { pageId: uuid(), picture: first + index, document, found };
    });
    return {
      number,
      recordId: records[number % records.length] ?? 'chaos-0',
      documentIds: Array.from({ length: Math.min(documents, size) }, uuid),
      pages: planned.map(({ found, ...page }) => ({ ...page, faults: found.filter(({ step }) => step !== 'finish') })),
      finishFaults: planned.flatMap(({ found }) => found.filter(({ step }) => step === 'finish')),
    };
  });
  return { seed, records, batches };
}
