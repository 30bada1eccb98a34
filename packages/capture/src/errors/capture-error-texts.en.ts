import type { ErrorText } from '@anjuan/core/element';
import type { CaptureErrorCode } from '@anjuan/core/outbox';

export const captureErrorTextsEn: Readonly<Record<CaptureErrorCode, ErrorText>> = {
  'insecure-context': {
    title: 'This page is plain http, so the browser offers no camera and no devices',
    next: 'Ask IT to serve it by https, or add files instead',
  },
  'feature-missing': {
    title: 'This browser cannot use this kind of device',
    next: 'Use a current Edge or Chrome, or another way',
  },
  'permission-policy-blocked': {
    title: 'The surrounding page or a policy forbids this device',
    next: 'Ask IT to allow it (iframe allow list or browser policy)',
  },
  'camera-denied': { title: 'The camera was not allowed', next: 'Allow it in the site settings of the browser' },
  'camera-not-found': { title: 'No camera was found', next: 'Check cable and power, then try again' },
  'camera-busy': { title: 'Another program is using the camera', next: 'Close it and try again' },
  'camera-lost': { title: 'The camera was disconnected', next: 'Saved pages are safe; connect it again' },
  'camera-dark': {
    title: 'The camera shows only black',
    next: 'Open the lens cover, switch on the lamp or reconnect it',
  },
  'chooser-cancelled': { title: 'No device was chosen', next: 'Press connect again when needed' },
  'device-not-found': { title: 'The device was not found', next: 'Check the connection and try again' },
  'device-busy': { title: 'Another program or tab holds the device', next: 'Close it and try again' },
  'device-lost': { title: 'The device was disconnected', next: 'Connect it again and retry' },
  'device-protected': {
    title: 'The browser does not let pages use this kind of device',
    next: "Install the vendor's service or use another interface",
  },
  'device-timeout': { title: 'The device did not answer', next: 'Check the connection and try again' },
  'device-protocol': {
    title: 'The device sent data that make no sense',
    next: 'Try again; tell IT when it happens often',
  },
  'service-not-installed': {
    title: 'The device service is not installed or not running',
    next: "Install or start the vendor's service and try again",
  },
  'service-blocked': {
    title: 'The browser blocks the device service on this computer',
    next: 'Allow local network access in the site settings, or ask IT',
  },
  'service-failed': { title: 'The device service reported an error', next: 'Try again or restart the service' },
  'scanner-busy': { title: 'The scanner is busy', next: 'Try again in a moment' },
  'scanner-empty': { title: 'There is no paper in the feeder', next: 'Put paper in and try again' },
  'scanner-jam': { title: 'The paper is jammed', next: 'Pages read so far are safe; remove the paper and go on' },
  'scanner-open': { title: 'A cover of the scanner is open', next: 'Close it and try again' },
  'scanner-failed': { title: 'The scanner stopped with an error', next: 'See its display and try again' },
  'reader-no-card': {
    title: 'No card on the reader',
    next: 'Put the card on the reader; lift it before reading again',
  },
  'reader-failed': { title: 'The card could not be read', next: 'Put it down again and retry' },
  'reader-unusable': {
    title: 'The card reader is out of order or not authorised',
    next: 'Connect it again; tell IT when it stays so',
  },
  'card-unsupported': { title: 'This kind of card is not supported', next: 'Enter the data by hand' },
  'barcode-not-found': { title: 'No barcode was found', next: 'Hold it flat and closer' },
  'image-too-large': { title: 'The image is too large', next: 'Scan it again at a lower resolution' },
  'tiff-malformed': { title: 'The TIFF file is damaged', next: 'Export it again' },
  'file-unsupported': {
    title: 'This kind of file cannot be imported',
    next: 'Use JPEG, PNG, BMP, TIFF or a scanned PDF',
  },
  'pdf-not-scanned': { title: 'This PDF is not a scan', next: 'Hand it to the archive as it is, not as scanned pages' },
  'too-many-pages': { title: 'The file has too many pages', next: 'Split it and import the parts' },
  'pipeline-failed': { title: 'Processing stopped', next: 'The original is saved; try again' },
  'storage-full': {
    title: 'This computer is out of space, so capture is paused',
    next: 'Saved pages go on uploading; wait or free some space',
  },
  'storage-failed': {
    title: 'The page could not be saved on this computer',
    next: 'Try again; check private mode and site data settings',
  },
  'batch-in-use': { title: 'This batch is open in another tab', next: 'Close the other tab and try again' },
  'batch-not-found': { title: 'There is no such batch on this computer', next: 'Go back to the list of batches' },
  'batch-incomplete': { title: 'The batch is not complete', next: 'Give each document a type and at least one page' },
  'upload-refused': {
    title: 'The archive refuses this file (size or type)',
    next: 'The pages stay on this computer; tell IT',
  },
  'upload-lost': { title: 'The archive lost the beginning of the upload', next: 'It starts again by itself' },
};
