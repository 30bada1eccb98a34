import type { BaseErrorCode } from '../../errors/codes.js';
import type { ErrorText } from './error-text.js';

const text = (title: string, next: string): ErrorText => ({ title, next });

/** English error texts: what happened, what to do next, no blame. */
export const errorTextsEn: Readonly<Record<BaseErrorCode, ErrorText>> = {
  aborted: text('Cancelled', 'Start again when you need it'),
  'network-unreachable': text('The archive cannot be reached', 'Check the network and retry, or call IT support'),
  'network-timeout': text('The archive is slow to answer', 'Please retry in a moment'),
  'network-interrupted': text('The connection broke off', 'Please retry'),
  'network-throttled': text('Too many requests just now', 'Wait a moment, then retry'),
  'network-unavailable': text('The archive is busy or under maintenance', 'Please retry later'),
  'network-circuit-open': text(
    'The archive has not answered several times, so requests are paused',
    'They resume by themselves; you can also retry now',
  ),
  'protocol-not-fhir': text(
    'The answer was not record data',
    'A network proxy may have stepped in: retry, or call IT support',
  ),
  'protocol-invalid': text('The archive does not accept this request', 'Tell IT support the error code'),
  'server-fault': text('The archive had an internal error', 'Retry, or tell IT support the error code'),
  'auth-required': text('You are not signed in', 'Please sign in again'),
  'auth-expired': text('Your sign-in has expired', 'Sign in again, then retry'),
  'record-not-found': text('This record was not found', 'Check the record number, or whether you may see it'),
  'record-forbidden': text('You may not read this record at present', 'Apply to borrow it if your work needs it'),
  'record-sealed': text('This record is sealed', 'Ask the medical affairs office for access'),
  'document-not-found': text('This document was not found', 'Open the record again'),
  'document-locked': text('This document is restricted', 'Apply to borrow it if your work needs it'),
  'page-not-found': text('The document has no such page', 'Choose one from the contents'),
  'version-conflict': text('Someone has updated this meanwhile', 'Refresh, then do it again'),
  'validation-failed': text('The archive did not accept the content', 'Correct what is marked and submit again'),
  'search-filter-dropped': text('The archive does not support one of the filters', 'Remove it and search again'),
  'capability-missing': text('This archive does not offer the function', 'Ask IT support'),
  'integrity-mismatch': text(
    'The file does not match its checksum',
    'Retry; if it stays, the stored file may be damaged: tell the record room',
  ),
  'pdf-malformed': text('The PDF is damaged or incomplete', 'Ask the source department to send it again'),
  'pdf-encrypted': text('The PDF is protected by a password', 'Ask the source department for an unprotected file'),
  'pdf-too-large': text('The PDF has too many or too large pages', 'Ask the record room to split it'),
  'document-empty': text('The file is empty', 'Ask the source department to send it again'),
  'document-unsupported': text('This file format cannot be shown', 'Download the original instead'),
  'image-malformed': text('The picture cannot be shown', 'Ask the source department to scan or send it again'),
  'render-failed': text('This page could not be drawn', 'Retry, or look at the original'),
  'render-memory': text('The page is too large for this browser', 'Zoom out or close other records'),
  'worker-blocked': text('The reader could not start', 'Reload the page, or call IT support'),
  'assets-missing': text('Files of the reader are missing', 'Ask IT support to check the installation'),
  'unsupported-browser': text('This browser is too old', 'Please update it'),
  'client-closed': text('The connection is closed', 'Open the record again'),
  'invalid-argument': text('The page passed a wrong parameter', 'Please call IT support'),
  unexpected: text('Something unexpected happened', 'Retry, or tell IT support the error code'),
};
