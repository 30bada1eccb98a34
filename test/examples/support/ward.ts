import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { AnjuanViewer } from '@anjuan/viewer';
import { root } from '../../../scripts/lib/run.mjs';
import { startHost, type Host, type SampleUser } from '../../support/host.js';
import { openWatched, type WatchedPage } from '../../support/watched-page.js';
import { rememberEvents } from '../../support/record-probe.js';

/** The stay with every kind of paper, and its patient. */
export const mixed = { recordId: 'small-mixed', patientId: 'pt-small-mixed' } as const;

export const staff: readonly SampleUser[] = [
  {
    id: 'doctor',
    nameZh: '医生',
    nameEn: 'Doctor',
    roles: ['DOC'],
    departments: ['general-surgery'],
    subject: 'pr-surg-attending',
  },
  { id: 'clerk', nameZh: '病案室', nameEn: 'Record room', roles: ['REC'], departments: [], subject: 'pr-rec-1' },
  {
    id: 'patient',
    nameZh: '患者本人',
    nameEn: 'Patient',
    roles: ['PAT'],
    departments: [],
    subject: mixed.patientId,
    patientId: mixed.patientId,
  },
];

/** The example pages over an archive that checks who asks. */
export const startWard = (): Promise<Host> => startHost({}, { users: staff });

/** Opens an address of the host in a watched tab, runs `work`, and closes the tab. */
export async function visit(
  { browser, host, path }: { readonly browser: Browser; readonly host: Host; readonly path: string },
  work: (watched: WatchedPage) => Promise<void>,
): Promise<void> {
  const watched = await openWatched(browser, host.origin);
  try {
    await rememberEvents(watched.page);
    await watched.page.goto(host.origin + path);
    await work(watched);
  } finally {
    await watched.close();
  }
}

export const wardPath = ({ pageNumber = 1 } = {}): string => `/emr/#record=${mixed.recordId}&page=${pageNumber}`;

/** Signs in as another sample user and waits until the list of stays is there. */
export async function signInAs(page: Page, user: string): Promise<void> {
  await page.locator('#user').selectOption(user);
  await page.locator(`body[data-role="${user}"] #stays button`).first().waitFor();
}

/** Goes to a document and waits until its first page is sharp. */
export async function showDocument(page: Page, documentId: string): Promise<void> {
  await page.evaluate(
    (id) =>
      new Promise<void>((resolve) => {
        const viewer = document.querySelector('anjuan-viewer') as AnjuanViewer | null;
        viewer?.addEventListener('anjuan-page-shown', ({ detail }) => {
          if (detail.documentId === id) resolve();
        });
        void viewer?.goToDocument(id);
      }),
    documentId,
  );
}

export interface Person {
  readonly name: string;
  readonly residentId: string;
  readonly recordNumber: string;
  readonly inpatientNumber: string;
}

/** Everybody in the committed sample records; the hostile one has no name to look for. */
export function people(): readonly Person[] {
  const folder = join(root, 'fixtures/records/small');
  return readdirSync(folder)
    .filter((name) => name !== 'small-hostile')
    .map((name) => {
      const { patient, stay } = JSON.parse(readFileSync(join(folder, name, 'record.json'), 'utf8')) as {
        readonly patient: { readonly name: string; readonly residentId: string };
        readonly stay: { readonly recordNumber: string; readonly inpatientNumber: string };
      };
      const { recordNumber, inpatientNumber } = stay;
      return { name: patient.name, residentId: patient.residentId, recordNumber, inpatientNumber };
    });
}
