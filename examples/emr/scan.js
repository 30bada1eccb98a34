import { texts } from './texts.js';

const byId = (id) => document.getElementById(id);

/** Wards scan while the patient stays; the record room scans whenever paper turns up. */
export function mayScan({ role, stays, chosen }) {
  const stay = stays.find(({ recordId }) => recordId === chosen);
  if (!stay) return false;
  return role === 'clerk' || (role === 'doctor' && !stay.dischargedOn);
}

/**
 * “Scan into this stay”: capture in a dialog; what was archived opens in the viewer. Pages that are not submitted stay on
 * this computer, and capture offers them again.
 */
export function connectScan(screen, { openDocument }) {
  const dialog = byId('scan-dialog');
  const capture = byId('capture');
  byId('scan').addEventListener('click', () => {
    const { name } = screen.stays.find(({ recordId }) => recordId === screen.chosen) ?? {};
    byId('scan-title').textContent = texts[screen.locale].scanInto(name ?? '');
    capture.recordId = screen.chosen;
    dialog.showModal();
    // Space, Enter and the pedal are the shutter from the start.
    capture.focus();
  });
  // Without a record capture gives camera and batch back.
  dialog.addEventListener('close', () => (capture.recordId = undefined));
  byId('scan-close').addEventListener('click', () => dialog.close());
  capture.addEventListener('anjuan-batch-submitted', ({ detail }) => {
    dialog.close();
    openDocument({ recordId: detail.recordId, documentId: capture.receipt?.documents[0]?.archivedId });
  });
}
