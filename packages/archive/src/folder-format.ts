import type { Coding } from '@anjuan/core';

/**
 * What `anjuan-archive ingest DIR` reads: every folder below DIR with a `record.json` is one stay;
 * document files lie beside it. Written by collecting systems, or by the fixture generator.
 */
export interface RecordFolder {
  readonly format: 'anjuan-record-folder/1';
  /** Stable id of the stay in the source system: the idempotency key. Lower-case letters, digits, hyphens, at most 64. */
  readonly recordId: string;
  readonly status: 'working' | 'archived' | 'sealed';
  readonly patient: {
    readonly patientId: string;
    readonly name: string;
    /** Syllables separated by spaces, for example `lin yi chen`. Derived when absent. */
    readonly pinyin?: string;
    readonly gender: 'male' | 'female' | 'other' | 'unknown';
    readonly birthDate: string;
    /** 身份证号; synthetic ones start with the unassigned area code 99. */
    readonly residentId?: string;
  };
  readonly stay: {
    /** 病案号. */
    readonly recordNumber: string;
    /** 住院号. */
    readonly inpatientNumber: string;
    readonly visitNumber: number;
    readonly department: Coding;
    /** ISO 8601 with offset. */
    readonly admittedOn: string;
    readonly dischargedOn?: string;
    readonly mainDiagnosis?: Coding;
    readonly attending: Person;
  };
  /** In record order. */
  readonly documents: readonly FolderDocument[];
}

/** A practitioner as the source system names one. */
export interface Person {
  readonly practitionerId: string;
  readonly name: string;
}

/** One document file of a record folder. */
export interface FolderDocument {
  /** Stable id in the source system. Same character rules as `recordId`. */
  readonly documentId: string;
  /** File name below the record's folder; no path parts. */
  readonly file: string;
  /** Declared MIME type; ingest checks it against the bytes. */
  readonly mime: string;
  /** WS/T 500 or local type code. */
  readonly typeCode: string;
  readonly title: string;
  readonly dateTime: string;
  readonly author: Person;
  /** Default `['N']`. */
  readonly labels?: readonly string[];
  /** True when the source system signed it. */
  readonly signed?: boolean;
}
