import type { DocumentEntry } from './document.js';

/**
 * One hospital stay as an index card (病案). Dates are ISO 8601 with offset or a plain date.
 * Everything here is patient data: show it, never log it.
 */
export interface RecordSummary {
  /** `List.id`. */
  readonly recordId: string;
  /** `Patient.id`. */
  readonly patientId: string;
  /** Name as written; empty when it may not be seen. */
  readonly patientName: string;
  /** FHIR administrative gender. */
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
  /** Admission, ISO 8601. */
  readonly admittedOn?: string;
  /** Discharge, ISO 8601; absent while the patient stays. */
  readonly dischargedOn?: string;
  /** Main diagnosis of the front page, with its ICD-10 code when coded. */
  readonly mainDiagnosis?: { readonly code?: string; readonly text: string };
}

/** `working` before archiving, `archived` after it, `sealed` 封存. */
export type RecordStatus = 'working' | 'archived' | 'sealed';

/**
 * Everything the viewer needs to lay out a record before any file is open: the JSON body of `List/$record-manifest`.
 * Documents stand in record order. Hidden documents are absent; locked ones are stubs.
 */
export interface RecordManifest {
  /** `List.id`. */
  readonly recordId: string;
  /** Changes with any member; also the ETag. */
  readonly version: string;
  /** Where the record stands in its life. */
  readonly status: RecordStatus;
  /** The index card. */
  readonly summary: RecordSummary;
  /** In record order. */
  readonly documents: readonly DocumentEntry[];
}
