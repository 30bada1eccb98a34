import type { DocumentEntry } from './document.js';

/**
 * One hospital stay as an index card (病案). Dates are ISO 8601 with offset or a plain date.
 * Everything here is patient data: show it, never log it.
 */
export interface RecordSummary {
  readonly recordId: string;
  readonly patientId: string;
  readonly patientName: string;
  readonly gender: 'male' | 'female' | 'other' | 'unknown';
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string;
  /** 病案号. */
  readonly recordNumber?: string;
  /** 住院号. */
  readonly inpatientNumber?: string;
  /** Number of this stay for the patient, from 1. */
  readonly visitNumber?: number;
  /** Discharge department. */
  readonly department?: string;
  readonly admittedOn?: string;
  readonly dischargedOn?: string;
  readonly mainDiagnosis?: { readonly code?: string; readonly text: string };
}

/** `working` before archiving, `archived` after it, `sealed` 封存. */
export type RecordStatus = 'working' | 'archived' | 'sealed';

/**
 * Everything the viewer needs to lay out a record before any file is open: the JSON body of `List/$record-manifest`.
 * Documents stand in record order. Hidden documents are absent; locked ones are stubs.
 */
export interface RecordManifest {
  readonly recordId: string;
  /** Changes with any member; also the ETag. */
  readonly version: string;
  readonly status: RecordStatus;
  readonly summary: RecordSummary;
  readonly documents: readonly DocumentEntry[];
}
