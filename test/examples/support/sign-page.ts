import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { SAMPLE_PIN } from '../../../examples/services/hospital-pki.js';
import type { WritableHost } from '../../support/writable-host.js';

/** The consent of the committed sample record that waits for its signatures. */
export const consent = {
  recordId: 'small-consent',
  documentId: 'small-consent-consent-unsigned',
} as const;

/** A stroke of the mouse over the paper of the pad. */
export async function write(page: Page): Promise<void> {
  const box = await page.locator('#sign-pad [part~="paper"]').boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + 60, box.y + 60);
  await page.mouse.down();
  for (let step = 0; step < 20; step += 1) {
    await page.mouse.move(box.x + 60 + step * 8, box.y + 60 + 30 * Math.sin(step / 2));
  }
  await page.mouse.up();
}

export async function openConsent(page: Page, host: WritableHost): Promise<void> {
  await page.goto(`${host.origin}/emr/#record=${consent.recordId}`);
  await page.locator('#stays [aria-current="true"]').waitFor();
}

/** Presses “sign”, writes on the pad, enters the PIN; what is left is to confirm. */
export async function prepare(page: Page, { pin = SAMPLE_PIN } = {}): Promise<void> {
  await page.locator('#sign').click();
  await write(page);
  await page.locator('#sign-pin').fill(pin);
}

export const confirm = (page: Page): Promise<void> => page.locator('#sign-confirm').click();

/** The note beside the buttons, when it says this. */
export const said = (page: Page, text: RegExp): Promise<void> =>
  page.locator('#sign-note').filter({ hasText: text }).waitFor();

/** Strokes on the sheet. */
export const strokes = (page: Page): Promise<number> =>
  page.locator('#sign-pad').evaluate((pad) => (pad as HTMLElement & { readonly strokeCount: number }).strokeCount);

/** The badge beside the title of the document. */
export const badge = (page: Page) => page.locator('anjuan-viewer .doc-verdict');

/** How often a signing service made signatures. */
export const signings = ({ asked }: WritableHost, service: 'staff' | 'hospital'): number =>
  asked.filter(({ path }) => path.includes(`/${service}/`) && path.endsWith('signatures/signHash')).length;
